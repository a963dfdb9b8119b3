package dev.ackbox.graph;

import dev.ackbox.handler.ImpersonalMessage;
import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A call of the Graph API failed. The message has Meta's code, its meaning by Meta's documentation and the id of Meta's trace. It never
 * has the text that Meta sent, which may repeat a verify token or a phone number.
 *
 * <p>A handler may let it through: the record is then tried again after a growing delay, and the log and the inbox have the message.
 */
public class GraphException extends RuntimeException implements ImpersonalMessage {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;
    private final @Nullable String traceId;
    private final boolean isTransient;
    private final boolean outcomeUnknown;

    GraphException(GraphError error) {
        super(error.description());
        this.status = error.status();
        this.code = error.code();
        this.traceId = error.traceId();
        this.isTransient = error.isTransient();
        this.outcomeUnknown = error.isOutcomeUnknown();
    }

    private GraphException(String message, int status, boolean outcomeUnknown, @Nullable IOException cause) {
        super(message, cause);
        this.status = status;
        this.code = GraphError.NO_CODE;
        this.traceId = null;
        this.isTransient = false;
        this.outcomeUnknown = outcomeUnknown;
    }

    /** The call has not reached Meta. */
    public static GraphException notSent(String reason, @Nullable IOException cause) {
        return new GraphException("Meta cannot be reached: " + reason, 0, false, cause);
    }

    /** The call may have reached Meta, and no answer came. */
    public static GraphException noAnswer(String reason, @Nullable IOException cause) {
        return new GraphException("Meta has not answered: " + reason, 0, true, cause);
    }

    /** Something was answered, but not in the form of the Graph API. */
    public static GraphException notUnderstood(int status, String reason) {
        // After a 4xx, nothing was done.
        return new GraphException(
                "The answer with status " + status + " " + reason, status, status < 400 || status >= 500, null);
    }

    /** The HTTP status of the answer; 0 where there was none. */
    public int status() {
        return status;
    }

    /** Meta's code of the error; empty where Meta did not name one. */
    public OptionalInt code() {
        return code == GraphError.NO_CODE ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /** Meta's id of the call ({@code fbtrace_id}), for Meta's support; absent where Meta did not name one. */
    public @Nullable String traceId() {
        return traceId;
    }

    /** Whether Meta says that the same call may succeed soon. */
    public boolean isTransient() {
        return isTransient;
    }

    /** Whether nobody knows if Meta did what was asked: the answer did not come, made no sense, or is a 5xx with code 1, 2 or none. */
    public boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }
}
