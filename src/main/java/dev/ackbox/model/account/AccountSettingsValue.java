package dev.ackbox.model.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Value of the field {@code account_settings_update}: settings of a phone number changed, by the business itself too;
 * so far those of calling.
 *
 * @param messagingProduct {@code whatsapp}; optional
 * @param timestamp when they changed; always
 * @param type which settings; always
 * @param phoneNumberSettings the settings; always
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
     * @param phoneNumberId which number; always
     * @param calling what changed, or all of it; optional
     */
    public record PhoneNumberSettings(
            String phoneNumberId, @Nullable Calling calling) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * How a number takes and makes calls.
     *
     * @param status whether calling is on; optional
     * @param callIconVisibility whether users see the call button; optional
     * @param callIcons who sees the call button; optional
     * @param callbackPermissionStatus whether users are asked for permission to call back; optional
     * @param callHours when calls are taken; optional
     * @param sip calls over SIP; optional
     * @param srtpKeyExchangeProtocol how media keys are exchanged; optional
     */
    public record Calling(
            @Nullable OpenEnum<Switch> status,
            @Nullable OpenEnum<CallIconVisibility> callIconVisibility,
            @Nullable CallIcons callIcons,
            @Nullable OpenEnum<Switch> callbackPermissionStatus,
            @Nullable CallHours callHours,
            @Nullable Sip sip,
            @Nullable OpenEnum<KeyExchange> srtpKeyExchangeProtocol) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Who sees the call button.
     *
     * @param restrictToUserCountries ISO 3166 alpha-2; optional
     */
    public record CallIcons(List<String> restrictToUserCountries) {

        public CallIcons {
            restrictToUserCountries = Lists.orEmpty(restrictToUserCountries);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * When calls are taken.
     *
     * @param status whether hours apply; optional
     * @param timezoneId such as {@code Europe/Lisbon}; optional
     * @param weeklyOperatingHours hours of each day of the week; optional
     * @param holidaySchedule days with hours of their own; optional
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

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Hours of a day of the week.
     *
     * @param dayOfWeek which day
     * @param openTime {@code 0900}, on one page {@code 09:00}
     * @param closeTime like {@code openTime}
     */
    public record OpeningHours(
            @Nullable OpenEnum<Weekday> dayOfWeek,
            @Nullable String openTime,
            @Nullable String closeTime) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Hours of one day.
     *
     * @param date {@code YYYY-MM-DD}
     * @param startTime {@code 0900}, on one page {@code 09:00}
     * @param endTime like {@code startTime}
     */
    public record Holiday(
            @Nullable String date,
            @Nullable String startTime,
            @Nullable String endTime) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Calls over SIP.
     *
     * @param status whether it is on; optional
     * @param servers where calls go; optional
     */
    public record Sip(@Nullable OpenEnum<Switch> status, List<SipServer> servers) {

        public Sip {
            servers = Lists.orEmpty(servers);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Where calls go.
     *
     * @param hostname its name
     * @param port its port
     * @param requestUriUserParams parameters by name, open; optional
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SipServer(
            @Nullable String hostname,
            @Nullable Integer port,
            @Nullable JsonNode requestUriUserParams) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** Which settings. */
    public enum Type implements OpenEnum<Type> {
        PHONE_NUMBER_SETTINGS
    }

    /** Whether something is on. */
    public enum Switch implements OpenEnum<Switch> {
        ENABLED,
        DISABLED
    }

    /** Whether users see the call button. */
    public enum CallIconVisibility implements OpenEnum<CallIconVisibility> {
        DEFAULT,
        DISABLE_ALL
    }

    /** How media keys are exchanged (inferred). */
    public enum KeyExchange implements OpenEnum<KeyExchange> {
        DTLS,
        SDES
    }

    /** A day of the week. */
    public enum Weekday implements OpenEnum<Weekday> {
        MONDAY,
        TUESDAY,
        WEDNESDAY,
        THURSDAY,
        FRIDAY,
        SATURDAY,
        SUNDAY
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
