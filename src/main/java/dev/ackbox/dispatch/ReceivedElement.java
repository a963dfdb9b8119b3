package dev.ackbox.dispatch;

import dev.ackbox.handler.Received;
import dev.ackbox.inbox.DashboardTest;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.model.Change;
import dev.ackbox.model.Contact;
import dev.ackbox.model.Group;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.User;
import dev.ackbox.model.Value;
import dev.ackbox.model.groups.GroupChange;
import dev.ackbox.model.messages.AutomaticEventsValue;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.MessageContext;
import dev.ackbox.model.messages.MessagesValue;
import dev.ackbox.model.messages.PaymentStatus;
import dev.ackbox.model.messages.Referral;
import dev.ackbox.model.messages.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What belongs to an element of a record. */
final class ReceivedElement implements Received {

    private final InboxRecord received;
    private final Change<?> change;
    private final Object item;
    private final String idempotencyKey;
    private final String handler;
    private final @Nullable String replay;
    private final BooleanSupplier owned;
    private final Clock clock;

    /**
     * Creates it.
     *
     * @param item the element, or the value where it is about that
     * @param handler what the handler's success is remembered by
     * @param owned whether the attempt's outcome is still asked for
     */
    ReceivedElement(
            InboxRecord received,
            Change<?> change,
            Object item,
            String idempotencyKey,
            String handler,
            @Nullable String replay,
            BooleanSupplier owned,
            Clock clock) {
        this.received = received;
        this.change = change;
        this.item = item;
        this.idempotencyKey = idempotencyKey;
        this.handler = handler;
        this.replay = replay;
        this.owned = owned;
        this.clock = clock;
    }

    private Value value() {
        return change.value();
    }

    @Override
    public @Nullable User user() {
        return ElementUser.of(item, value(), number(), contacts());
    }

    private List<Contact> contacts() {
        return item instanceof Value
                ? contactsOf(item).toList()
                : Stream.concat(contactsOf(item), contactsOf(value())).toList();
    }

    private static Stream<Contact> contactsOf(Object record) {
        Structure.Part contacts = Structure.of(record.getClass()).contacts();
        return contacts == null ? Stream.of() : contacts.listOf(record).stream().map(Contact.class::cast);
    }

    @Override
    public @Nullable Metadata number() {
        Structure.Part number = Structure.of(value().getClass()).number();
        return number == null ? null : (Metadata) number.of(value());
    }

    @Override
    public @Nullable String accountId() {
        return change.accountIds().stream().findFirst().orElse(null);
    }

    @Override
    public @Nullable Message message() {
        return value() instanceof MessagesValue && item instanceof Message message ? message : null;
    }

    @Override
    public @Nullable String messageId() {
        if (item instanceof Message message) {
            return message.id();
        }
        if (item instanceof Status status) {
            return status.messageId();
        }
        if (item instanceof PaymentStatus payment) {
            return payment.messageId();
        }
        return item instanceof AutomaticEventsValue.AutomaticEvent event ? event.id() : null;
    }

    @Override
    public @Nullable String repliesTo() {
        MessageContext context = item instanceof Message message ? message.context() : null;
        return context == null ? null : context.id();
    }

    @Override
    public @Nullable String group() {
        if (item instanceof Message message) {
            return message.groupId();
        }
        if (item instanceof Status status) {
            return status.recipient() instanceof Group group ? group.id() : null;
        }
        return item instanceof GroupChange groupChange ? groupChange.groupId() : null;
    }

    @Override
    public @Nullable Referral referral() {
        return item instanceof Message message ? message.referral() : null;
    }

    @Override
    public @Nullable Instant time() {
        Instant time = timestampOf(item);
        time = time == null ? timestampOf(value()) : time;
        return time == null ? change.entryTime() : time;
    }

    private static @Nullable Instant timestampOf(Object record) {
        Structure.Part timestamp = Structure.of(record.getClass()).timestamp();
        return timestamp == null ? null : (Instant) timestamp.of(record);
    }

    @Override
    public Instant receivedAt() {
        return received.receivedAt();
    }

    @Override
    public Duration age() {
        Instant time = time();
        Duration age = Duration.between(time == null ? receivedAt() : time, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    @Override
    public boolean isDashboardTest() {
        Metadata number = number();
        return DashboardTest.isRecognisedBy(change.entryId(), number == null ? null : number.phoneNumberId());
    }

    @Override
    public JsonNode json() {
        return change.json().deepCopy();
    }

    @Override
    public @Nullable String field() {
        return change.field();
    }

    @Override
    public long recordId() {
        return received.id().value();
    }

    @Override
    public String idempotencyKey() {
        return idempotencyKey;
    }

    @Override
    public String endpoint() {
        return received.endpoint();
    }

    @Override
    public String handler() {
        return handler;
    }

    @Override
    public int attempt() {
        return received.failedAttempts() + 1;
    }

    @Override
    public boolean stillOwned() {
        return owned.getAsBoolean();
    }

    @Override
    public @Nullable String replay() {
        return replay;
    }

    @Override
    public String toString() {
        return "Received[record " + recordId() + ", " + endpoint() + ", attempt " + attempt() + "]";
    }
}
