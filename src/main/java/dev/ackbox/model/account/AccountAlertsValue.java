package dev.ackbox.model.account;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Redacted;
import dev.ackbox.model.Value;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code account_alerts}: something changed in a number's messaging limit, profile or official
 * business account status.
 *
 * @param entityType what it is about; always (documented)
 * @param entityId id of that; always (documented), a number in test notifications (observed)
 * @param alertInfo the alert, also where the notification has the older flat form; always (documented)
 * @param alertSeverity of the flat form only; use {@code alertInfo} (observed)
 * @param alertStatus of the flat form only; use {@code alertInfo} (observed)
 * @param alertType of the flat form only; use {@code alertInfo} (observed)
 * @param alertDescription of the flat form only; use {@code alertInfo} (observed)
 */
public record AccountAlertsValue(
        OpenEnum<EntityType> entityType,
        String entityId,
        @Nullable Alert alertInfo,
        @Nullable OpenEnum<Severity> alertSeverity,
        @Nullable OpenEnum<Status> alertStatus,
        @Nullable OpenEnum<Type> alertType,
        @Nullable String alertDescription)
        implements Value {

    public AccountAlertsValue {
        if (alertInfo == null
                && (alertSeverity != null || alertStatus != null || alertType != null || alertDescription != null)) {
            alertInfo = new Alert(alertSeverity, alertStatus, alertType, alertDescription);
        }
    }

    /**
     * An alert.
     *
     * @param alertSeverity how bad it is; always (documented)
     * @param alertStatus whether it holds; always (documented)
     * @param alertType what it says; always (documented)
     * @param alertDescription an English sentence, in which placeholders may be left unfilled; always (documented)
     */
    public record Alert(
            @Nullable OpenEnum<Severity> alertSeverity,
            @Nullable OpenEnum<Status> alertStatus,
            @Nullable OpenEnum<Type> alertType,
            @Nullable String alertDescription) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What an alert may be about (documented; {@code WABA} observed). */
    public enum EntityType implements OpenEnum<EntityType> {
        BUSINESS,
        PHONE_NUMBER,
        CURRENT_STATUS_ID,
        WABA
    }

    /** How bad an alert is (documented). */
    public enum Severity implements OpenEnum<Severity> {
        CRITICAL,
        WARNING,
        INFORMATIONAL
    }

    /** Whether an alert holds (documented). */
    public enum Status implements OpenEnum<Status> {
        ACTIVE,
        NONE
    }

    /** What an alert says (documented). */
    public enum Type implements OpenEnum<Type> {
        INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED,
        INCREASED_CAPABILITIES_ELIGIBILITY_FAILED,
        INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO,
        OBA_APPROVED,
        OBA_REJECTED,
        PROFILE_PICTURE_LOST
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
