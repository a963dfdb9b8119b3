package dev.ackbox.model.account;

import dev.ackbox.model.Lists;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Redacted;
import dev.ackbox.model.Value;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Value of the field {@code account_settings_update}: settings of a phone number changed, by the business itself too;
 * so far those of calling.
 *
 * @param messagingProduct {@code whatsapp}; optional (documented)
 * @param timestamp when they changed; always (documented)
 * @param type which settings; always (documented)
 * @param phoneNumberSettings the settings; always (documented)
 */
public record AccountSettingsValue(
        @Nullable String messagingProduct,
        @Nullable Instant timestamp,
        OpenEnum<Type> type,
        @Nullable PhoneNumberSettings phoneNumberSettings)
        implements Value {

    /**
     * Settings of a phone number.
     *
     * @param phoneNumberId which number; always (documented)
     * @param calling what changed, or all of it; optional (documented)
     */
    public record PhoneNumberSettings(
            String phoneNumberId, @Nullable Calling calling) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * How a number takes and makes calls.
     *
     * @param status whether calling is on; optional (documented)
     * @param callIconVisibility whether users see the call button; optional (documented)
     * @param callIcons who sees the call button; optional (documented)
     * @param callbackPermissionStatus whether users are asked for permission to call back; optional (documented)
     * @param callHours when calls are taken; optional (documented)
     * @param sip calls over SIP; optional (documented)
     * @param srtpKeyExchangeProtocol how media keys are exchanged; optional (documented)
     */
    public record Calling(
            @Nullable OpenEnum<Switch> status,
            @Nullable OpenEnum<CallIconVisibility> callIconVisibility,
            @Nullable CallIcons callIcons,
            @Nullable OpenEnum<Switch> callbackPermissionStatus,
            @Nullable CallHours callHours,
            @Nullable Sip sip,
            @Nullable OpenEnum<KeyExchange> srtpKeyExchangeProtocol) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Who sees the call button.
     *
     * @param restrictToUserCountries ISO 3166 alpha-2; optional (documented)
     */
    public record CallIcons(List<String> restrictToUserCountries) {

        public CallIcons {
            restrictToUserCountries = Lists.orEmpty(restrictToUserCountries);
        }

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * When calls are taken.
     *
     * @param status whether hours apply; optional (documented)
     * @param timezoneId such as {@code Europe/Lisbon}; optional (documented)
     * @param weeklyOperatingHours hours of each day of the week; optional (documented)
     * @param holidaySchedule days with hours of their own; optional (documented)
     */
    public record CallHours(
            @Nullable OpenEnum<Switch> status,
            @Nullable String timezoneId,
            List<OpeningHours> weeklyOperatingHours,
            List<Holiday> holidaySchedule) {

        public CallHours {
            weeklyOperatingHours = Lists.orEmpty(weeklyOperatingHours);
            holidaySchedule = Lists.orEmpty(holidaySchedule);
        }

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Hours of a day of the week.
     *
     * @param dayOfWeek which day (documented)
     * @param openTime {@code 0900}, on one page {@code 09:00} (documented)
     * @param closeTime like {@code openTime} (documented)
     */
    public record OpeningHours(
            @Nullable OpenEnum<Weekday> dayOfWeek,
            @Nullable String openTime,
            @Nullable String closeTime) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Hours of one day.
     *
     * @param date {@code YYYY-MM-DD} (documented)
     * @param startTime {@code 0900}, on one page {@code 09:00} (documented)
     * @param endTime like {@code startTime} (documented)
     */
    public record Holiday(
            @Nullable String date,
            @Nullable String startTime,
            @Nullable String endTime) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Calls over SIP.
     *
     * @param status whether it is on; optional (documented)
     * @param servers where calls go; optional (documented)
     */
    public record Sip(@Nullable OpenEnum<Switch> status, List<SipServer> servers) {

        public Sip {
            servers = Lists.orEmpty(servers);
        }

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Where calls go.
     *
     * @param hostname its name (documented)
     * @param port its port (documented)
     * @param requestUriUserParams parameters by name, open; optional (documented)
     */
    public record SipServer(
            @Nullable String hostname,
            @Nullable Integer port,
            @Nullable JsonNode requestUriUserParams) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** Which settings (documented). */
    public enum Type implements OpenEnum<Type> {
        PHONE_NUMBER_SETTINGS
    }

    /** Whether something is on (documented). */
    public enum Switch implements OpenEnum<Switch> {
        ENABLED,
        DISABLED
    }

    /** Whether users see the call button (documented). */
    public enum CallIconVisibility implements OpenEnum<CallIconVisibility> {
        DEFAULT,
        DISABLE_ALL
    }

    /** How media keys are exchanged (inferred). */
    public enum KeyExchange implements OpenEnum<KeyExchange> {
        DTLS,
        SDES
    }

    /** A day of the week (documented). */
    public enum Weekday implements OpenEnum<Weekday> {
        MONDAY,
        TUESDAY,
        WEDNESDAY,
        THURSDAY,
        FRIDAY,
        SATURDAY,
        SUNDAY
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
