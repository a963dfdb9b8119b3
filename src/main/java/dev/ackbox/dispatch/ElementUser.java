package dev.ackbox.dispatch;

import dev.ackbox.model.Contact;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.User;
import dev.ackbox.model.Value;
import dev.ackbox.model.calls.CallsValue;
import dev.ackbox.model.groups.GroupParticipantsValue;
import dev.ackbox.model.history.SmbAppStateSyncValue;
import dev.ackbox.model.messages.EchoesValue;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.MessagingHandoversValue;
import dev.ackbox.model.messages.PaymentStatus;
import dev.ackbox.model.messages.Status;
import dev.ackbox.model.messages.UserIdUpdateValue;
import dev.ackbox.model.messages.UserPreferencesValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the user of an element: each kind of element names its user by properties of its own. */
final class ElementUser {

    private ElementUser() {}

    /**
     * The user of an element, or of a value that has none.
     *
     * @param number the business phone number
     * @param contacts that belong to it
     */
    static @Nullable User of(Object item, Value value, @Nullable Metadata number, List<Contact> contacts) {
        User user = userOf(item, value, number);
        if (user != null) {
            return user.joinWith(contacts);
        }
        return contacts.size() == 1 ? User.of(contacts.get(0)) : null;
    }

    private static @Nullable User userOf(Object item, Value value, @Nullable Metadata number) {
        if (item instanceof Message message) {
            return value instanceof EchoesValue
                    ? User.of(message.to(), message.toUserId(), message.toParentUserId())
                    : User.of(message.from(), message.fromUserId(), message.fromParentUserId());
        }
        if (item instanceof Status status) {
            return status.recipient() instanceof User recipient ? recipient : status.participant();
        }
        if (item instanceof PaymentStatus payment) {
            return payment.recipient();
        }
        if (item instanceof CallsValue.Call call) {
            return userOf(call, number);
        }
        if (item instanceof CallsValue.CallStatus status) {
            return User.of(status.recipientId(), status.recipientUserId(), status.recipientParentUserId());
        }
        if (item instanceof UserPreferencesValue.UserPreference preference) {
            return User.of(
                    preference.waId(), preference.userId(), preference.parentUserId(), null, preference.username());
        }
        if (item instanceof UserIdUpdateValue.UserIdUpdate update) {
            return User.of(update.waId(), current(update.userId()), current(update.parentUserId()));
        }
        if (item instanceof GroupParticipantsValue.GroupParticipants change) {
            return User.of(change.waId(), change.userId(), change.parentUserId(), null, change.username());
        }
        if (item instanceof SmbAppStateSyncValue.StateSync sync && sync.contact() != null) {
            SmbAppStateSyncValue.SyncedContact contact = sync.contact();
            return User.of(
                    contact.phoneNumber(),
                    contact.userId(),
                    contact.parentUserId(),
                    contact.fullName(),
                    contact.username());
        }
        if (item instanceof MessagingHandoversValue handover && handover.sender() != null) {
            MessagingHandoversValue.Sender sender = handover.sender();
            return User.of(sender.phoneNumber(), sender.userId(), sender.parentUserId());
        }
        return null;
    }

    /** Where the direction is not said, the one who is not the business. */
    private static @Nullable User userOf(CallsValue.Call call, @Nullable Metadata number) {
        User from = User.of(call.from(), call.fromUserId(), call.fromParentUserId());
        User to = User.of(call.to(), call.toUserId(), call.toParentUserId());
        if (call.direction() == CallsValue.Direction.USER_INITIATED) {
            return from;
        }
        if (call.direction() == CallsValue.Direction.BUSINESS_INITIATED || from == null) {
            return to;
        }
        User business = number == null ? null : User.of(number.displayPhoneNumber(), null, null);
        return business != null && business.key().equals(from.key()) ? to : from;
    }

    private static @Nullable String current(UserIdUpdateValue.@Nullable IdChange change) {
        return change == null ? null : change.current();
    }
}
