package dev.ackbox.watch;

import static dev.ackbox.watch.FieldRow.conversations;
import static dev.ackbox.watch.Label.by;
import static dev.ackbox.watch.Label.byCode;
import static dev.ackbox.watch.Label.byText;

import dev.ackbox.model.Metadata;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.calls.CallsValue;
import dev.ackbox.model.calls.CallsValue.Call;
import dev.ackbox.model.calls.CallsValue.CallStatus;
import dev.ackbox.model.groups.GroupLifecycleValue;
import dev.ackbox.model.groups.GroupParticipantsValue;
import dev.ackbox.model.groups.GroupSettingsValue;
import dev.ackbox.model.groups.GroupStatusValue;
import dev.ackbox.model.history.HistoryValue;
import dev.ackbox.model.history.HistoryValue.Chunk;
import dev.ackbox.model.history.HistoryValue.ChunkMetadata;
import dev.ackbox.model.history.SmbAppStateSyncValue;
import dev.ackbox.model.history.SmbAppStateSyncValue.StateSync;
import dev.ackbox.model.messages.AutomaticEventsValue;
import dev.ackbox.model.messages.AutomaticEventsValue.AutomaticEvent;
import dev.ackbox.model.messages.EchoesValue;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.Message.HistoryContext;
import dev.ackbox.model.messages.MessageEchoesValue;
import dev.ackbox.model.messages.MessagesValue;
import dev.ackbox.model.messages.MessagingHandoversValue;
import dev.ackbox.model.messages.MessagingHandoversValue.Control;
import dev.ackbox.model.messages.Payment;
import dev.ackbox.model.messages.Payment.Transaction;
import dev.ackbox.model.messages.SmbMessageEchoesValue;
import dev.ackbox.model.messages.StandbyValue;
import dev.ackbox.model.messages.StandbyValue.Standby;
import dev.ackbox.model.messages.Status;
import dev.ackbox.model.messages.TrackingEventsValue;
import dev.ackbox.model.messages.TrackingEventsValue.TrackingEvent;
import dev.ackbox.model.messages.UserAction;
import dev.ackbox.model.messages.UserIdUpdateValue;
import dev.ackbox.model.messages.UserPreferencesValue;
import dev.ackbox.model.messages.UserPreferencesValue.UserPreference;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of the fields about messages, calls and groups. */
final class Conversations {

    static final List<FieldRow<?>> ROWS = List.of(
            conversations(
                    MessagesValue.class,
                    "a user wrote, a sent message or a payment has a new status, something failed,"
                            + " or a user clicked on a marketing message",
                    value -> value.each(
                                    MessagesValue::messages,
                                    message ->
                                            message.counts("messages", "Messages received", by("type", Message::type)))
                            .each(MessagesValue::statuses, Conversations::status)
                            .each(
                                    MessagesValue::userActions,
                                    action -> action.counts(
                                            "user.actions",
                                            "What users did with marketing messages",
                                            by("action", UserAction::actionType)))
                            .with(messages -> presentOf(messages.errors()), errors("messages"))),
            conversations(
                    MessageEchoesValue.class,
                    "another party, such as Meta's own agent, sent a message on your number",
                    echoes("message_echoes")),
            conversations(
                    SmbMessageEchoesValue.class,
                    "somebody sent a message from the WhatsApp Business app",
                    echoes("smb_message_echoes")),
            conversations(
                    SmbAppStateSyncValue.class,
                    "somebody added, edited or removed a contact in the app's address book",
                    value -> value.each(
                            SmbAppStateSyncValue::stateSync,
                            sync -> sync.counts(
                                    "contacts.synced",
                                    "Changes in the app's address book",
                                    by("action", StateSync::action)))),
            conversations(
                    HistoryValue.class,
                    "past chats arrive in chunks of up to 3 MB, in any order; Ackbox does not split a chunk",
                    value -> value.each(HistoryValue::history, Conversations::chunk)
                            .rule(Conversations::progress)),
            conversations(
                    UserPreferencesValue.class,
                    "a user stops or resumes marketing messages",
                    value -> value.each(
                            UserPreferencesValue::userPreferences,
                            preference -> preference.counts(
                                    "preferences",
                                    "What users want to receive",
                                    by("category", UserPreference::category),
                                    by("choice", UserPreference::value)))),
            conversations(
                    AutomaticEventsValue.class,
                    "Meta found a lead or a purchase in a chat that an ad led to",
                    value -> value.each(
                            AutomaticEventsValue::automaticEvents,
                            event -> event.counts(
                                    "automatic.events",
                                    "Leads and purchases found in chats",
                                    by("event", AutomaticEvent::eventName)))),
            conversations(
                    TrackingEventsValue.class,
                    "a tracked message was sent or delivered; undocumented",
                    value -> value.each(
                            TrackingEventsValue::events,
                            event -> event.counts(
                                    "tracking.events",
                                    "What happened to tracked messages",
                                    by("event", TrackingEvent::eventName)))),
            conversations(
                    CallsValue.class,
                    "a call begins, ends or is recorded",
                    value -> value.each(FailedOrNot::callsOf, Conversations::call)
                            .each(
                                    CallsValue::statuses,
                                    status -> status.counts(
                                            "call.statuses",
                                            "Statuses of calls that the business makes",
                                            by("status", CallStatus::status)))
                            .with(
                                    calls -> calls.calls().isEmpty() ? presentOf(calls.errors()) : null,
                                    errors("calls"))),
            conversations(
                    GroupLifecycleValue.class,
                    "a group was created or deleted",
                    value -> value.each(GroupLifecycleValue::groups, Groups::rules)),
            conversations(
                    GroupParticipantsValue.class,
                    "users joined or left a group, or ask to join",
                    value -> value.each(GroupParticipantsValue::groups, Groups::rules)),
            conversations(
                    GroupSettingsValue.class,
                    "a group's picture, name or description changed",
                    value -> value.each(GroupSettingsValue::groups, Groups::rules)),
            conversations(
                    GroupStatusValue.class,
                    "a group was suspended, or its suspension was lifted",
                    value -> value.each(GroupStatusValue::groups, Groups::rules)),
            conversations(
                    MessagingHandoversValue.class,
                    "a chat passed from one app or agent to another",
                    value -> value.counts(
                            "handovers",
                            "Chats passed from one owner to another",
                            by("type", Conversations::handoverType),
                            by("role", Conversations::newOwner))),
            conversations(
                    StandbyValue.class,
                    "something happened in a chat that another app or agent owns; Ackbox does not split it",
                    value -> value.each(
                            Conversations::standbyKinds,
                            kind -> kind.countsOnly(
                                    "standby", "Activity in chats of other owners", byText("kind", it -> it)))),
            conversations(
                    UserIdUpdateValue.class,
                    "a user's business-scoped id changed; withdrawn in August 2026, system messages replace it",
                    value -> value.each(
                            UserIdUpdateValue::userIdUpdate,
                            update -> update.counts("user.ids.changed", "Users whose business-scoped id changed"))));

    /** A call with its errors, which may stand beside it. */
    private record FailedOrNot(Call call, List<PlatformError> errors) {

        static List<FailedOrNot> callsOf(CallsValue value) {
            return value.calls().stream()
                    .map(call -> new FailedOrNot(call, call.errors().isEmpty() ? value.errors() : call.errors()))
                    .toList();
        }
    }

    private Conversations() {}

    private static void status(Rules<Status> rules) {
        rules.when(
                        status -> status.payment() == null,
                        message -> message.counts(
                                        "statuses",
                                        "Statuses of sent messages",
                                        by("status", Status::status),
                                        byCode(Status::errors))
                                .warns(
                                        "errors that make further messages fail",
                                        status -> ErrorCodes.advice(status.errors())))
                .when(
                        status -> status.payment() != null,
                        payment -> payment.counts(
                                "payments",
                                "Statuses of payments",
                                by("status", Status::status),
                                by("provider", Conversations::provider)));
    }

    private static @Nullable OpenEnum<?> provider(Status status) {
        Payment payment = status.payment();
        Transaction transaction = payment == null ? null : payment.transaction();
        return transaction == null ? null : transaction.type();
    }

    private static Consumer<Rules<List<PlatformError>>> errors(String field) {
        return rules -> rules.countsOnly(
                        "errors",
                        "Errors that are not about one message or call",
                        byText("field", errors -> field),
                        byCode(errors -> errors))
                .shows("code", ErrorCodes::label)
                .warns("errors that are not about one message or call", ErrorCodes::adviceOrLookUp);
    }

    private static <V extends EchoesValue> Consumer<Rules<V>> echoes(String field) {
        return rules -> rules.each(
                EchoesValue::messageEchoes,
                echo -> echo.countsOnly(
                                "echoes",
                                "Messages sent by another way than the API",
                                byText("field", message -> field),
                                by("type", Message::type))
                        .shows("type", message -> Words.of(message.type())));
    }

    private static void chunk(Rules<Chunk> rules) {
        rules.with(chunk -> presentOf(chunk.errors()), errors("history"))
                .each(
                        Conversations::pastMessages,
                        past -> past.countsOnly(
                                "history.messages", "Messages of past chats", by("status", Conversations::pastStatus)))
                .with(
                        Chunk::metadata,
                        metadata -> metadata.counts(
                                        "history.chunks", "Chunks of past chats", byText("phase", Conversations::phase))
                                .shows("chunk", chunk -> number(chunk.chunkOrder()))
                                .shows("percent", chunk -> number(chunk.progress())));
    }

    private static List<Message> pastMessages(Chunk chunk) {
        return chunk.threads().stream()
                .flatMap(thread -> thread.messages().stream())
                .toList();
    }

    private static @Nullable OpenEnum<?> pastStatus(Message message) {
        HistoryContext context = message.historyContext();
        return context == null ? null : context.status();
    }

    private static String phase(ChunkMetadata chunk) {
        Integer phase = chunk.phase();
        return phase == null || (phase >= 0 && phase <= 2) ? number(phase) : Words.OTHER;
    }

    private static String number(@Nullable Integer number) {
        return number == null ? Words.NONE : number.toString();
    }

    /** The chunks of one number come in any order, and the highest progress counts. */
    private static void progress(HistoryValue value, Report report) {
        Metadata metadata = value.metadata();
        String number = Words.id(metadata == null ? null : metadata.phoneNumberId());
        for (Chunk chunk : value.history()) {
            Integer percent = chunk.metadata() == null ? null : chunk.metadata().progress();
            if (percent != null && Words.isId(number)) {
                report.observer().historyProgress(number, percent);
            }
        }
    }

    private static void call(Rules<FailedOrNot> rules) {
        rules.counts(
                        "calls",
                        "What happened to calls",
                        by("event", it -> it.call().event()),
                        by("direction", it -> it.call().direction()),
                        by("outcome", it -> it.call().status()),
                        byCode(FailedOrNot::errors))
                .warns("errors that make further calls fail", it -> ErrorCodes.advice(it.errors()));
    }

    /** The dashboard's test notifications have no type. */
    private static @Nullable OpenEnum<?> handoverType(MessagingHandoversValue value) {
        if (value.type() != null) {
            return value.type();
        }
        if (value.controlPassed() != null) {
            return MessagingHandoversValue.Type.CONTROL_PASSED;
        }
        return value.controlTaken() == null ? null : MessagingHandoversValue.Type.CONTROL_TAKEN;
    }

    private static @Nullable OpenEnum<?> newOwner(MessagingHandoversValue value) {
        Control control = value.controlPassed() == null ? value.controlTaken() : value.controlPassed();
        return control == null ? null : control.newOwnerRole();
    }

    private static List<String> standbyKinds(StandbyValue value) {
        Standby standby = value.standby();
        return standby == null
                ? List.of()
                : Stream.of(
                                standby.messages().stream().map(it -> "message"),
                                standby.statuses().stream().map(it -> "status"),
                                standby.messageEchoes().stream().map(it -> "echo"))
                        .flatMap(kinds -> kinds)
                        .toList();
    }

    private static @Nullable List<PlatformError> presentOf(List<PlatformError> errors) {
        return errors.isEmpty() ? null : errors;
    }
}
