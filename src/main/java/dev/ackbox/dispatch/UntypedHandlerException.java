package dev.ackbox.dispatch;

/** A handler bean does not say which values it takes; the service does not start. */
public final class UntypedHandlerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UntypedHandlerException(String name, String origin) {
        super("The handler bean '" + name + "' of " + origin + " does not say which values it takes.");
    }
}
