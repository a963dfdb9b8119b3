package dev.ackbox.handler;

import dev.ackbox.model.Metadata;
import dev.ackbox.model.User;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.Referral;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What belongs to the thing that a handler is given. One rule for what may be absent, here as in the model: it is {@code null}, and
 * its accessor is marked {@code @Nullable}. All others are never null.
 *
 * <p>A handler of a field's whole value gets this about the only element of the value. Where a value has several elements, which is
 * rare, what differs between them is absent.
 *
 * <p>Does not change, and may be kept and used by any thread after the handler has returned. Its {@code toString()} has nothing
 * personal.
 */
public interface Received {

    /**
     * The user: who sent it, whom it was sent to, or who is called. The name comes from the value's contacts. Absent where it is about
     * no single user, as with templates, accounts and most changes of groups, and where Meta names nobody.
     */
    @Nullable
    User user();

    /** The business phone number. Absent for fields about an account or a template. */
    @Nullable
    Metadata number();

    /**
     * Id of the WhatsApp Business Account; of the business portfolio where the change is about no single account. For partners: the
     * customer's account where the value names it. Absent where a notification has no entry.
     */
    @Nullable
    String accountId();

    /** The message that this is, or is a part of, as a user sent it. Absent for all else. */
    @Nullable
    Message message();

    /** Id of the message that this is, is a part of, or is about. */
    @Nullable
    String messageId();

    /** Id of the message that the user replies to, or whose button the user tapped. */
    @Nullable
    String repliesTo();

    /** Id of the group that it happened in, or that it is about. */
    @Nullable
    String group();

    /** The ad or post that led the user to the chat. */
    @Nullable
    Referral referral();

    /** Meta's time of it, to the second: its own, or else that of the notification. Absent where Meta gives neither. */
    @Nullable
    Instant time();

    /** When Ackbox received it, to the millisecond. */
    Instant receivedAt();

    /**
     * How long ago it happened, counted from {@link #time()}, or from {@link #receivedAt()} where that is absent; never negative.
     * After an outage Meta delivers up to seven days of notifications: a bot that answers should look at this first.
     */
    Duration age();

    /** Whether somebody pressed "Test" in the app dashboard. Such a notification has invented ids and is about no real user. */
    boolean isDashboardTest();

    /**
     * The field's value as it came, with all that the types do not have; the whole notification where it has no value. Each call makes a
     * copy, which is the caller's to change. It is personal data.
     */
    JsonNode json();

    /** Meta's name of the field, such as {@code messages}. Absent where the notification has none. */
    @Nullable
    String field();

    /** Id of the record in the inbox. Logs and the operator's tools name it; it is not personal. */
    long recordId();

    /**
     * The same each time that this handler is called for the same thing, also after a crash or a redelivery. Two elements never share
     * one, not even in the same record. Different handlers get the same key for the same thing. A handler of the whole value and a
     * handler of its single element get the same key too. Letters, digits and hyphens; not personal.
     */
    String idempotencyKey();

    /** Name of the endpoint that received it. */
    String endpoint();

    /**
     * Name of the handler that this was given to, followed by the position of the element in brackets where the record holds several. Not
     * personal.
     */
    String handler();

    /** Which attempt at the record this is, from 1. */
    int attempt();

    /**
     * Whether what this call comes to still counts. Ask before a step that cannot be undone. False once the call was abandoned, and, where
     * several replicas share a database, once another replica may have taken the record over: this one was frozen, or did not reach the
     * database for some seconds. True says nothing of the next moment, so the step is to be safe to repeat as well.
     */
    boolean stillOwned();

    /** Id of the replay that brings it again. Absent for what comes for the first time, and for retries. */
    @Nullable
    String replay();
}
