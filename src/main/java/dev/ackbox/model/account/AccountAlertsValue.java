package dev.ackbox.model.account;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.AsSent;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code account_alerts}: something changed in a number's messaging limit, profile or official
 * business account status.
 *
 * @param entityType what it is about; always
 * @param entityId id of that; always, a number in test notifications (observed)
 * @param alertInfo the alert, also where the notification has the older flat form; always
 */
public record AccountAlertsValue(
        OpenEnum<EntityType> entityType,
        String entityId,
        @Nullable Alert alertInfo) implements Value {

    /** With the older form, in which the alert's properties stand beside the entity's. */
    @AsSent
    AccountAlertsValue(
            OpenEnum<EntityType> entityType,
            String entityId,
            @Nullable Alert alertInfo,
            @Nullable OpenEnum<Severity> alertSeverity,
            @Nullable OpenEnum<Status> alertStatus,
            @Nullable OpenEnum<Type> alertType,
            @Nullable String alertDescription) {
        this(
                entityType,
                entityId,
                alertInfo == null ? Alert.of(alertSeverity, alertStatus, alertType, alertDescription) : alertInfo);
    }

    /**
     * An alert.
     *
     * @param alertSeverity how bad it is; always
     * @param alertStatus whether it holds; always
     * @param alertType what it says; always
     * @param alertDescription an English sentence, in which placeholders may be left unfilled; always
     */
    public record Alert(
            @Nullable OpenEnum<Severity> alertSeverity,
            @Nullable OpenEnum<Status> alertStatus,
            @Nullable OpenEnum<Type> alertType,
            @Nullable String alertDescription) {

        private static @Nullable Alert of(
                @Nullable OpenEnum<Severity> severity,
                @Nullable OpenEnum<Status> status,
                @Nullable OpenEnum<Type> type,
                @Nullable String description) {
            return severity == null && status == null && type == null && description == null
                    ? null
                    : new Alert(severity, status, type, description);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What an alert may be about ({@code WABA} observed). */
    public enum EntityType implements OpenEnum<EntityType> {
        BUSINESS,
        PHONE_NUMBER,
        CURRENT_STATUS_ID,
        WABA
    }

    /** How bad an alert is. */
    public enum Severity implements OpenEnum<Severity> {
        CRITICAL,
        WARNING,
        INFORMATIONAL
    }

    /** Whether an alert holds. */
    public enum Status implements OpenEnum<Status> {
        ACTIVE,
        NONE
    }

    /** What an alert says. */
    public enum Type implements OpenEnum<Type> {
        INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED,
        INCREASED_CAPABILITIES_ELIGIBILITY_FAILED,
        INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO,
        OBA_APPROVED,
        OBA_REJECTED,
        PROFILE_PICTURE_LOST
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
