package dev.ackbox.dispatch;

import dev.ackbox.handler.ImpersonalMessage;
import dev.ackbox.handler.PermanentFailureException;
import dev.ackbox.handler.RetryLaterException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes an exception of a handler: its type, where, and its causes. Its message may hold personal data, so it is left out unless the
 * type says otherwise.
 */
final class Failure {

    private static final int MAX_CAUSES = 3;

    private static final int LONGEST_MESSAGE = 500;

    /** What could begin a new line, or steer a terminal. */
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    /** Causes may go round in a circle. */
    private static final int LONGEST_CHAIN = 100;

    private Failure() {}

    /**
     * Finds what a handler says about its failure, which a proxy or a library may have wrapped: the outermost {@link
     * PermanentFailureException} or {@link RetryLaterException} in the chain of causes.
     */
    static @Nullable Throwable find(Throwable thrown) {
        return first(
                thrown, cause -> cause instanceof PermanentFailureException || cause instanceof RetryLaterException);
    }

    /** The reason that a handler gives for a dead letter. */
    static String reasonOf(PermanentFailureException permanent) {
        return line(permanent) + because(permanent);
    }

    /** The reason of a handler that knows when it can succeed. */
    static String reasonOf(RetryLaterException later) {
        return "asked to be called again in " + later.delay() + because(later);
    }

    private static String because(Throwable thrown) {
        Throwable cause = first(thrown, ImpersonalMessage.class::isInstance);
        return cause == null ? "" : " (" + line(cause) + ")";
    }

    private static @Nullable Throwable first(Throwable thrown, Predicate<Throwable> wanted) {
        Throwable cause = thrown;
        for (int i = 0; i < LONGEST_CHAIN && cause != null; i++) {
            if (wanted.test(cause)) {
                return cause;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** A message that is meant to be kept, as one line of at most 500 characters. */
    private static String line(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        String bounded = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
        return CONTROLS.matcher(bounded).replaceAll(" ");
    }

    static String describe(Throwable thrown) {
        StringBuilder description = new StringBuilder(describeOne(thrown));
        Throwable cause = thrown.getCause();
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            description.append(", caused by ").append(describeOne(cause));
            cause = cause.getCause();
        }
        return description.toString();
    }

    private static String describeOne(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        @Nullable StackTraceElement top = trace.length == 0 ? null : trace[0];
        String type = thrown.getClass().getName();
        String what = thrown instanceof ImpersonalMessage ? type + ": " + line(thrown) : type;
        return top == null
                ? what
                : what + " at " + top.getClassName() + "." + top.getMethodName() + "(" + top.getFileName() + ":"
                        + top.getLineNumber() + ")";
    }
}
