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
            "user_id",
            "user_id.previous",
            "user_id.current",
            "contact.phone_number",
            "contact.user_id",
            "system.wa_id",
            "system.new_wa_id",
            "system.customer",
            "system.user_id",
            "system.previous_user_id");

    private static final List<String> PARTICIPANTS =
            List.of("participants", "added_participants", "removed_participants", "failed_participants");
    private static final List<String> USERS_OF_PARTICIPANT = List.of("wa_id", "user_id", "input");
    private static final List<String> USERS_OF_HANDOVER = List.of("sender.phone_number", "sender.user_id");

    private final @Nullable String business;
    private final Set<Subject> subjects = new LinkedHashSet<>();

    private Subjects(@Nullable String business) {
        this.business = business;
    }

    /** Those of an item: its message first, then its group, then its users in their order, as many as a record may have. */
    static List<Subject> of(ChangeSpan change, ItemSpan item) {
        return new Subjects(digits(change.value().firstText(List.of("metadata.display_phone_number"))))
                .addItem(item)
                .toList();
    }

    /** The user of a thread that goes from one app to another. */
    static List<Subject> ofHandover(JsonSpan value) {
        return new Subjects(null).addUsers(value, USERS_OF_HANDOVER).toList();
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
        addUsers(
                span,
                USERS.stream()
                        .filter(path -> !(echo && path.equals(FROM)) && !(toGroup && path.equals(RECIPIENT)))
                        .toList());
        for (String array : PARTICIPANTS) {
            span.elements(array).forEach(participant -> addUsers(participant, USERS_OF_PARTICIPANT));
        }
        return this;
    }

    private Subjects addUsers(JsonSpan object, List<String> paths) {
        for (String path : paths) {
            String id = object.firstText(List.of(path));
            if (id != null && !id.equals(business)) {
                add(Kind.USER, id);
            }
        }
        return this;
    }

    private void add(Kind kind, @Nullable String id) {
        if (id != null && id.length() <= MAX_LENGTH) {
            subjects.add(new Subject(kind, id));
        }
    }

    private List<Subject> toList() {
        return subjects.stream().limit(NewRecord.MAX_SUBJECTS).toList();
    }

    private static @Nullable String digits(@Nullable String number) {
        return number == null ? null : number.replaceAll("[^0-9]", "");
    }
}
