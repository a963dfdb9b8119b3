package dev.ackbox.dispatch;

import dev.ackbox.handler.PermanentFailureException;
import dev.ackbox.handler.RetryLaterException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Describes an exception of a handler without its message, which may hold personal data: its type, where, and its causes. */
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
        Throwable cause = thrown;
        for (int i = 0; i < LONGEST_CHAIN && cause != null; i++) {
            if (cause instanceof PermanentFailureException || cause instanceof RetryLaterException) {
                return cause;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** A message that is meant to be kept, as one line of at most 500 characters. */
    static String messageOf(PermanentFailureException permanent) {
        String message = String.valueOf(permanent.getMessage());
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
        return top == null
                ? type
                : type + " at " + top.getClassName() + "." + top.getMethodName() + "(" + top.getFileName() + ":"
                        + top.getLineNumber() + ")";
    }
}
