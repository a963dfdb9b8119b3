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
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.Message.HistoryContext;
import dev.ackbox.model.messages.MessageEchoesValue;
import dev.ackbox.model.messages.MessagesValue;
import dev.ackbox.model.messages.MessagingHandoversValue;
import dev.ackbox.model.messages.MessagingHandoversValue.Control;
import dev.ackbox.model.messages.Payment;
import dev.ackbox.model.messages.Payment.Transaction;
import dev.ackbox.model.messages.PaymentStatus;
import dev.ackbox.model.messages.SmbMessageEchoesValue;
import dev.ackbox.model.messages.StandbyValue;
import dev.ackbox.model.messages.StandbyValue.Standby;
import dev.ackbox.model.messages.Status;
import dev.ackbox.model.messages.TrackingEventsValue;
import dev.ackbox.model.messages.TrackingEventsValue.TrackingEvent;
import dev.ackbox.model.messages.UserAction;
import dev.ackbox.model.messages.UserIdUpdateValue;
import dev.ackbox.model.messages.UserIdUpdateValue.UserIdUpdate;
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
                                    + " or a user clicked on a marketing message")
                    .each(it -> it.messages(), Conversations::message)
                    .each(it -> it.statuses(), Conversations::messageStatus)
                    .each(it -> it.paymentStatuses(), Conversations::paymentStatus)
                    .each(it -> it.userActions(), Conversations::userAction)
                    .with(it -> presentOf(it.errors()), errors("messages")),
            conversations(
                            MessageEchoesValue.class,
                            "another party, such as Meta's own agent, sent a message on your number")
                    .each(it -> it.messageEchoes(), echo("message_echoes")),
            conversations(SmbMessageEchoesValue.class, "the business sent a message from the WhatsApp Business app")
                    .each(it -> it.messageEchoes(), echo("smb_message_echoes")),
            conversations(
                            SmbAppStateSyncValue.class,
                            "the business added, edited or removed a contact in the app's address book")
                    .each(it -> it.stateSync(), Conversations::contact),
            conversations(
                            HistoryValue.class,
                            "past chats arrive in chunks of up to 3 MB, in any order; Ackbox does not split a chunk")
                    .each(it -> it.history(), Conversations::chunk)
                    .rule(Conversations::progress),
            conversations(UserPreferencesValue.class, "a user stops or resumes marketing messages")
                    .each(it -> it.userPreferences(), Conversations::preference),
            conversations(AutomaticEventsValue.class, "Meta found a lead or a purchase in a chat that an ad led to")
                    .each(it -> it.automaticEvents(), Conversations::automaticEvent),
            conversations(TrackingEventsValue.class, "a tracked message was sent or delivered; undocumented")
                    .each(it -> it.events(), Conversations::trackingEvent),
            conversations(CallsValue.class, "a call begins, ends or is recorded")
                    .each(CallWithErrors::allOf, Conversations::call)
                    .each(it -> it.statuses(), Conversations::callStatus)
                    .with(it -> it.calls().isEmpty() ? presentOf(it.errors()) : null, errors("calls")),
            conversations(GroupLifecycleValue.class, "a group was created or deleted")
                    .each(it -> it.groups(), Groups::rules),
            conversations(GroupParticipantsValue.class, "users joined or left a group, or ask to join")
                    .each(it -> it.groups(), Groups::rules),
            conversations(GroupSettingsValue.class, "a group's picture, name or description changed")
                    .each(it -> it.groups(), Groups::rules),
            conversations(GroupStatusValue.class, "a group was suspended, or its suspension was lifted")
                    .each(it -> it.groups(), Groups::rules),
            conversations(MessagingHandoversValue.class, "a chat passed from one app or agent to another")
                    .counts(
                            "handovers",
                            "Chats passed from one owner to another",
                            by("type", Conversations::handoverType),
                            by("role", Conversations::newOwner)),
            conversations(
                            StandbyValue.class,
                            "something happened in a chat that another app or agent owns; Ackbox does not split it")
                    .each(Conversations::standbyKinds, Conversations::standby),
            conversations(
                            UserIdUpdateValue.class,
                            "a user's business-scoped id changed; withdrawn in August 2026, system messages replace it")
                    .each(it -> it.userIdUpdate(), Conversations::userId));

    /** A call with its errors, which may stand beside it. */
    private record CallWithErrors(Call call, List<PlatformError> errors) {

        static List<CallWithErrors> allOf(CallsValue value) {
            return value.calls().stream()
                    .map(call -> new CallWithErrors(call, call.errors().isEmpty() ? value.errors() : call.errors()))
                    .toList();
        }
    }

    private Conversations() {}

    private static void message(Part<Message> part) {
        part.counts("messages", "Messages received", by("type", it -> it.type()));
    }

    private static void messageStatus(Part<Status> part) {
        part.counts("statuses", "Statuses of sent messages", by("status", it -> it.status()), byCode(it -> it.errors()))
                .warns("errors that make further messages fail", it -> ErrorCodes.advice(it.errors()));
    }

    private static void paymentStatus(Part<PaymentStatus> part) {
        part.counts(
                "payments",
                "Statuses of payments",
                by("status", it -> it.status()),
                by("provider", Conversations::provider));
    }

    private static @Nullable OpenEnum<?> provider(PaymentStatus status) {
        Payment payment = status.payment();
        Transaction transaction = payment == null ? null : payment.transaction();
        return transaction == null ? null : transaction.type();
    }

    private static void userAction(Part<UserAction> part) {
        part.counts("user.actions", "What users did with marketing messages", by("action", it -> it.actionType()));
    }

    private static Consumer<Part<List<PlatformError>>> errors(String field) {
        return part -> part.countsOnly(
                        "errors",
                        "Errors that are not about one message or call",
                        byText("field", it -> field),
                        byCode(it -> it))
                .shows("code", ErrorCodes::label)
                .warns("errors that are not about one message or call", ErrorCodes::adviceOrLookUp);
    }

    private static Consumer<Part<Message>> echo(String field) {
        return part -> part.countsOnly(
                        "echoes",
                        "Messages sent by another way than the API",
                        byText("field", it -> field),
                        by("type", it -> it.type()))
                .shows("type", it -> Words.of(it.type()));
    }

    private static void contact(Part<StateSync> part) {
        part.counts("contacts.synced", "Changes in the app's address book", by("action", it -> it.action()));
    }

    private static void chunk(Part<Chunk> part) {
        part.with(it -> presentOf(it.errors()), errors("history"))
                .each(Conversations::pastMessages, Conversations::pastMessage)
                .with(it -> it.metadata(), Conversations::chunkMetadata);
    }

    private static void pastMessage(Part<Message> part) {
        part.countsOnly("history.messages", "Messages of past chats", by("status", Conversations::pastStatus));
    }

    private static void chunkMetadata(Part<ChunkMetadata> part) {
        part.counts("history.chunks", "Chunks of past chats", byText("phase", Conversations::phase))
                .shows("chunk", it -> number(it.chunkOrder()))
                .shows("percent", it -> number(it.progress()));
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

    private static void preference(Part<UserPreference> part) {
        part.counts(
                "preferences",
                "What users want to receive",
                by("category", it -> it.category()),
                by("choice", it -> it.value()));
    }

    private static void automaticEvent(Part<AutomaticEvent> part) {
        part.counts("automatic.events", "Leads and purchases found in chats", by("event", it -> it.eventName()));
    }

    private static void trackingEvent(Part<TrackingEvent> part) {
        part.counts("tracking.events", "What happened to tracked messages", by("event", it -> it.eventName()));
    }

    private static void call(Part<CallWithErrors> part) {
        part.counts(
                        "calls",
                        "What happened to calls",
                        by("event", it -> it.call().event()),
                        by("direction", it -> it.call().direction()),
                        by("outcome", it -> it.call().status()),
                        byCode(it -> it.errors()))
                .warns("errors that make further calls fail", it -> ErrorCodes.advice(it.errors()));
    }

    private static void callStatus(Part<CallStatus> part) {
        part.counts("call.statuses", "Statuses of calls that the business makes", by("status", it -> it.status()));
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

    private static void standby(Part<String> part) {
        part.countsOnly("standby", "Activity in chats of other owners", byText("kind", it -> it));
    }

    private static void userId(Part<UserIdUpdate> part) {
        part.counts("user.ids.changed", "Users whose business-scoped id changed");
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
