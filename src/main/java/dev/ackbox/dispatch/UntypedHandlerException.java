package dev.ackbox.dispatch;

/** A handler bean does not say which values it takes; the service does not start. */
public final class UntypedHandlerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UntypedHandlerException(String name) {
        super("The handler bean '" + name + "' does not say which values it takes.");
    }
}
