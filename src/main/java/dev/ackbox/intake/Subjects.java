package dev.ackbox.intake;

import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Subject;
import dev.ackbox.inbox.Subject.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects whom and what an item is about: a message, a group, users. The business itself is none of them. */
final class Subjects {

    /** Longer than any id of the platform; what is longer is none, and would burden an index. */
    private static final int MAX_LENGTH = 256;

    /** Of an echo, this is the business. */
    private static final String FROM = "from";

    private static final String RECIPIENT = "recipient_id";

    /** Where an item names its users. */
    static final List<String> USERS = List.of(
            FROM,
            "from_user_id",
            "from_parent_user_id",
            "to",
            "to_user_id",
            "to_parent_user_id",
            RECIPIENT,
            "recipient_user_id",
            "recipient_parent_user_id",
            "parent_recipient_user_id",
            "recipient_participant_id",
            "participant_recipient_id",
            "recipient_participant_user_id",
            "recipient_participant_parent_user_id",
            "wa_id",
            "user_id",
            "parent_user_id");

    /** Where a contact of a change's value names its user. */
    static final List<String> USERS_OF_CONTACT = List.of("wa_id", "user_id", "parent_user_id");

    /** Stand in the place of an id that is changing. */
    private static final List<String> CHANGED_ID = List.of("previous", "current");

    /** Of a contact in the business' app, or of a handover's sender. */
    private static final List<String> USERS_OF_PERSON = List.of("phone_number", "user_id", "parent_user_id");

    private static final List<String> USERS_OF_SYSTEM = List.of(
            "wa_id",
            "new_wa_id",
            "customer",
            "user_id",
            "parent_user_id",
            "previous_user_id",
            "previous_parent_user_id");
    private static final List<String> PARTICIPANTS =
            List.of("participants", "added_participants", "removed_participants", "failed_participants");
    private static final List<String> USERS_OF_PARTICIPANT = List.of("wa_id", "user_id", "parent_user_id", "input");

    private final @Nullable String business;
    private final Set<Subject> subjects = new LinkedHashSet<>();

    private Subjects(@Nullable String business) {
        this.business = business;
    }

    /**
     * Those of an item: its message first, then its group, then its users and those of the contacts that go with it, in their
     * order, as many as a record may have.
     */
    static List<Subject> of(ChangeSpan change, List<JsonSpan> contacts, ItemSpan item) {
        Subjects subjects =
                new Subjects(digits(change.value().getOrNone("metadata").text("display_phone_number")));
        subjects.addItem(item);
        contacts.forEach(contact -> subjects.addUsers(contact, USERS_OF_CONTACT));
        return subjects.toList();
    }

    /** The user of a thread that goes from one app to another. */
    static List<Subject> ofHandover(JsonSpan value) {
        Subjects subjects = new Subjects(null);
        subjects.addUsers(value.getOrNone("sender"), USERS_OF_PERSON);
        return subjects.toList();
    }

    private void addItem(ItemSpan item) {
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
        addUsers(span.getOrNone("contact"), USERS_OF_PERSON);
        addUsers(span.getOrNone("system"), USERS_OF_SYSTEM);
        for (String array : PARTICIPANTS) {
            span.elements(array).forEach(participant -> addUsers(participant, USERS_OF_PARTICIPANT));
        }
    }

    private void addUsers(JsonSpan object, List<String> names) {
        for (String name : names) {
            addUser(object.text(name));
        }
    }

    /** A business writes a participant's phone number as it likes; look-ups go by its digits. */
    private void addUser(@Nullable String text) {
        String id = text != null && text.startsWith("+") ? digits(text) : text;
        if (id != null && !id.equals(business)) {
            add(Kind.USER, id);
        }
    }

    private void add(Kind kind, @Nullable String id) {
        if (id == null || id.length() > MAX_LENGTH || subjects.size() == NewRecord.MAX_SUBJECTS) {
            return;
        }
        subjects.add(new Subject(kind, id));
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
