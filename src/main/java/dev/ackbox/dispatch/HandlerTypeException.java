package dev.ackbox.dispatch;

/**
 * A handler bean does not say what it takes, says something that never occurs, or has a name that Ackbox cannot remember it by; the
 * service does not start.
 */
public final class HandlerTypeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    private HandlerTypeException(String message, String action) {
        super(message);
        this.action = action;
    }

    static HandlerTypeException untyped(String name, String origin) {
        return new HandlerTypeException(
                "The handler bean '" + name + "' of " + origin + " does not say what it takes.",
                "Name the type in its declaration: 'class MyHandler implements Handler<Content.Text>', or a @Bean method that"
                        + " returns Handler<Content.Text>.");
    }

    static HandlerTypeException impossible(String name, String origin, Class<?> type) {
        return new HandlerTypeException(
                "The handler bean '" + name + "' of " + origin + " takes " + type.getName()
                        + ", which is never handed to a handler.",
                "Take a field's value such as dev.ackbox.model.messages.MessagesValue, an element of one such as Message or"
                        + " Status, or a message's content such as Content.Text. Check the import: another class may have the"
                        + " same name. src/docs/handlers.md lists what there is.");
    }

    static HandlerTypeException misnamed(String name, String origin) {
        return new HandlerTypeException(
                "The handler bean '" + name.replaceAll("\\p{Cc}", " ") + "' of " + origin
                        + " has a name that could be taken for another handler's.",
                "Rename the bean. Ackbox remembers by its name what it has done: the name must not have line breaks or other control"
                        + " characters, must not end in a number in brackets such as '[0]', and must not be '"
                        + Attempt.BUILT_IN_STAGE + "'.");
    }

    /** What the developer can do about it. */
    public String action() {
        return action;
    }
}
