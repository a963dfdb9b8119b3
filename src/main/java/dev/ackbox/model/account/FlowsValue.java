package dev.ackbox.model.account;

import dev.ackbox.model.Lists;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Redacted;
import dev.ackbox.model.Value;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code flows}: the status of a flow changed, or something is wrong with its health.
 *
 * @param event what happened; always (documented)
 * @param flowId which flow; always (documented)
 * @param message an English sentence; optional (documented)
 * @param oldStatus how it stood; with a change of status, absent when it was made (documented)
 * @param newStatus how it stands; with a change of status (documented)
 * @param alertState whether the alert holds; with alerts (documented)
 * @param threshold percent, or for latency milliseconds or seconds; with alerts (documented)
 * @param errorRate percent, exact; with alerts about errors (documented)
 * @param errors which errors; with alerts about errors (documented)
 * @param p50Latency milliseconds; with alerts about latency (documented)
 * @param p90Latency milliseconds; with alerts about latency (documented)
 * @param requestsCount how many requests; with alerts about latency (documented)
 * @param availability percent; with alerts about availability (documented)
 * @param warning an English text; with warnings about versions (documented)
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
        @Nullable BigDecimal p50Latency,
        @Nullable BigDecimal p90Latency,
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
     * @param errorType which type; open (documented)
     * @param errorRate percent, exact (documented)
     * @param errorCount how many (documented)
     */
    public record FlowError(
            @Nullable OpenEnum<ErrorType> errorType,
            @Nullable BigDecimal errorRate,
            @Nullable Long errorCount) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may happen to a flow (documented). */
    public enum Event implements OpenEnum<Event> {
        FLOW_STATUS_CHANGE,
        CLIENT_ERROR_RATE,
        ENDPOINT_ERROR_RATE,
        ENDPOINT_LATENCY,
        ENDPOINT_AVAILABILITY,
        FLOW_VERSION_EXPIRY_WARNING
    }

    /** How a flow may stand (documented). */
    public enum FlowStatus implements OpenEnum<FlowStatus> {
        DRAFT,
        PUBLISHED,
        DEPRECATED,
        BLOCKED,
        THROTTLED
    }

    /** Whether an alert holds (documented). */
    public enum AlertState implements OpenEnum<AlertState> {
        ACTIVATED,
        DEACTIVATED
    }

    /** Errors of a flow; open (documented). */
    public enum ErrorType implements OpenEnum<ErrorType> {
        INVALID_SCREEN_TRANSITION,
        PUBLIC_KEY_MISSING,
        CAPABILITY_ERROR,
        TIMEOUT
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
