package dev.ackbox.intake;

import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Subject;
import dev.ackbox.inbox.Subject.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects whom and what an item is about: a message, a group, users. The business itself is none of them. */
final class Subjects {

    /** Longer than any id of the platform; what is longer is none, and would burden an index. */
    private static final int MAX_LENGTH = 256;

    /** Of an echo, this is the business. */
    private static final String FROM = "from";

    private static final String RECIPIENT = "recipient_id";

    private static final List<String> USERS = List.of(
            FROM,
            "from_user_id",
            "to",
            "to_user_id",
            RECIPIENT,
            "recipient_user_id",
            "recipient_participant_id",
            "participant_recipient_id",
            "recipient_participant_user_id",
            "wa_id",
            "user_id");

    /** Stand in the place of an id that is changing. */
    private static final List<String> CHANGED_ID = List.of("previous", "current");

    private static final List<String> USERS_OF_CONTACT = List.of("phone_number", "user_id");
    private static final List<String> USERS_OF_SYSTEM =
            List.of("wa_id", "new_wa_id", "customer", "user_id", "previous_user_id");
    private static final List<String> PARTICIPANTS =
            List.of("participants", "added_participants", "removed_participants", "failed_participants");
    private static final List<String> USERS_OF_PARTICIPANT = List.of("wa_id", "user_id", "input");

    private final @Nullable String business;
    private final List<Subject> subjects = new ArrayList<>();

    private Subjects(@Nullable String business) {
        this.business = business;
    }

    /** Those of an item: its message first, then its group, then its users in their order, as many as a record may have. */
    static List<Subject> of(ChangeSpan change, ItemSpan item) {
        return new Subjects(digits(change.value().getOrNone("metadata").text("display_phone_number")))
                .addItem(item)
                .toList();
    }

    /** The user of a thread that goes from one app to another. */
    static List<Subject> ofHandover(JsonSpan value) {
        return new Subjects(null)
                .addUsers(value.getOrNone("sender"), USERS_OF_CONTACT)
                .toList();
    }

    private Subjects addItem(ItemSpan item) {
        JsonSpan span = item.span();
        if (item.kind().isOfMessage()) {
            add(Kind.MESSAGE, span.text("id"));
        }
        add(Kind.GROUP, span.text("group_id"));
        boolean toGroup = "group".equalsIgnoreCase(span.text("recipient_type"));
        if (toGroup) {
            add(Kind.GROUP, span.text(RECIPIENT));
        }
        boolean echo = item.kind().array().equals("message_echoes");
        for (String name : USERS) {
            if (!(echo && name.equals(FROM)) && !(toGroup && name.equals(RECIPIENT))) {
                addUser(span.text(name));
            }
        }
        addUsers(span.getOrNone("user_id"), CHANGED_ID);
        addUsers(span.getOrNone("contact"), USERS_OF_CONTACT);
        addUsers(span.getOrNone("system"), USERS_OF_SYSTEM);
        for (String array : PARTICIPANTS) {
            span.elements(array).forEach(participant -> addUsers(participant, USERS_OF_PARTICIPANT));
        }
        return this;
    }

    private Subjects addUsers(JsonSpan object, List<String> names) {
        for (String name : names) {
            addUser(object.text(name));
        }
        return this;
    }

    private void addUser(@Nullable String id) {
        if (id != null && !id.equals(business)) {
            add(Kind.USER, id);
        }
    }

    private void add(Kind kind, @Nullable String id) {
        if (id == null || id.length() > MAX_LENGTH || subjects.size() == NewRecord.MAX_SUBJECTS) {
            return;
        }
        Subject subject = new Subject(kind, id);
        if (!subjects.contains(subject)) {
            subjects.add(subject);
        }
    }

    private List<Subject> toList() {
        return List.copyOf(subjects);
    }

    private static @Nullable String digits(@Nullable String number) {
        if (number == null) {
            return null;
        }
        StringBuilder digits = new StringBuilder(number.length());
        for (int i = 0; i < number.length(); i++) {
            char digit = number.charAt(i);
            if (digit >= '0' && digit <= '9') {
                digits.append(digit);
            }
        }
        return digits.toString();
    }
}
