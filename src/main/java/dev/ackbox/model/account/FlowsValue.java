package dev.ackbox.model.account;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code flows}: the status of a flow changed, or something is wrong with its health.
 *
 * @param event what happened; always
 * @param flowId which flow; always
 * @param message an English sentence; optional
 * @param oldStatus how it stood; with a change of status, absent when it was made
 * @param newStatus how it stands; with a change of status
 * @param alertState whether the alert holds; with alerts
 * @param threshold percent, or for latency milliseconds or seconds; with alerts
 * @param errorRate percent, exact; with alerts about errors
 * @param errors which errors; with alerts about errors
 * @param p50Latency milliseconds; with alerts about latency
 * @param p90Latency milliseconds; with alerts about latency
 * @param requestsCount how many requests; with alerts about latency
 * @param availability percent; with alerts about availability
 * @param warning an English text; with warnings about versions
 */
public record FlowsValue(
        OpenEnum<Event> event,
        String flowId,
        @Nullable String message,
        @Nullable OpenEnum<FlowStatus> oldStatus,
        @Nullable OpenEnum<FlowStatus> newStatus,
        @Nullable OpenEnum<AlertState> alertState,
        @Nullable BigDecimal threshold,
        @Nullable BigDecimal errorRate,
        List<FlowError> errors,
        @Nullable Long p50Latency,
        @Nullable Long p90Latency,
        @Nullable Long requestsCount,
        @Nullable BigDecimal availability,
        @Nullable String warning)
        implements Value {

    public FlowsValue {
        errors = Lists.orEmpty(errors);
    }

    /**
     * So many errors of one type.
     *
     * @param errorType which type; open
     * @param errorRate percent, exact
     * @param errorCount how many
     */
    public record FlowError(
            @Nullable OpenEnum<ErrorType> errorType,
            @Nullable BigDecimal errorRate,
            @Nullable Long errorCount) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may happen to a flow. */
    public enum Event implements OpenEnum<Event> {
        FLOW_STATUS_CHANGE,
        CLIENT_ERROR_RATE,
        ENDPOINT_ERROR_RATE,
        ENDPOINT_LATENCY,
        ENDPOINT_AVAILABILITY,
        FLOW_VERSION_EXPIRY_WARNING
    }

    /** How a flow may stand. */
    public enum FlowStatus implements OpenEnum<FlowStatus> {
        DRAFT,
        PUBLISHED,
        DEPRECATED,
        BLOCKED,
        THROTTLED
    }

    /** Whether an alert holds. */
    public enum AlertState implements OpenEnum<AlertState> {
        ACTIVATED,
        DEACTIVATED
    }

    /** Errors of a flow; open. */
    public enum ErrorType implements OpenEnum<ErrorType> {
        INVALID_SCREEN_TRANSITION,
        PUBLIC_KEY_MISSING,
        CAPABILITY_ERROR,
        TIMEOUT
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
