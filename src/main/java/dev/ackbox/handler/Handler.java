package dev.ackbox.handler;

/**
 * Does something with one kind of thing that Meta sends. Any Spring bean of this type is found at startup. {@code T} says what it takes:
 *
 * <ul>
 *   <li>the value of a field, such as {@code TemplateStatusValue}; {@code UnknownValue} for fields without a type; {@code Value} for all;
 *   <li>an element of a value's lists, such as {@code Message}, {@code Status}, {@code PlatformError}, {@code UserAction} or {@code
 *       CallsValue.Call};
 *   <li>the content of a message, such as {@code Content.Text}, or the reply in it, such as {@code FlowReply};
 *   <li>a family of these, such as {@code Content}, {@code Content.Media} or {@code Choice}.
 * </ul>
 *
 * <p>{@code Message}, contents and replies are those that users sent to the business, in the field {@code messages}. Echoes, history and
 * standby come only as values of their fields.
 *
 * <p>Ackbox reads {@code T} from the bean's declaration, so a lambda needs a {@code @Bean} method that returns, for example, {@code
 * Handler<Content.Text>}. Startup stops where {@code T} is missing or never occurs.
 *
 * <p>Several handlers may take the same thing. They are called one after the other, by {@code @Order} and then by bean name. Each
 * success is remembered by bean name, so a retry calls only what failed. A bean that is renamed is a new handler.
 *
 * <p>Threads: called by many platform threads at once, but never by two at once for the same conversation, unless an earlier call
 * ignored its interruption. Blocking is fine.
 *
 * @param <T> type of what it takes
 */
@FunctionalInterface
public interface Handler<T> {

    /**
     * Handles one thing. Returning means that it is done: this handler is not called for it again, unless the process ends before that
     * is stored. {@link Received#idempotencyKey()} recognises such a repetition.
     *
     * <p>Where the call takes longer than {@code ackbox.dispatch.handler-timeout}, its thread is interrupted. A call that fails after
     * that is repeated later.
     *
     * @param received what came, typed
     * @param context all that belongs to it
     * @throws PermanentFailureException to give up: the record becomes a dead letter now
     * @throws RetryLaterException to be called again, but not before a certain time
     * @throws Exception to be called again after a growing delay. After the last attempt the record becomes a dead letter. Logs and
     *     dead letters have the exception's type and place. Its message may hold personal data, so they have that of an {@link
     *     ImpersonalMessage} only.
     */
    void handle(T received, Received context) throws Exception;
}
