package dev.ackbox.intake;

import dev.ackbox.inbox.Redaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a user out of the fields that are not cut into items, and out of notifications that are stored whole: the user's threads,
 * messages, statuses and contacts, each of which is an element of an array. What others say about the user in their threads stays.
 */
final class SharedPayloads implements Redaction {

    private static final Set<String> FIELDS = Set.of("history", "standby", NotificationSplitter.NO_FIELD);

    /** From the root through entry, change, value, chunk, thread and message down to the properties of their objects. */
    private static final int DEPTH = 14;

    /** Names a thread's user; that of another element names the element. */
    private static final String THREADS = "threads";

    /** Where an element names its user, besides {@link Subjects#USERS}. */
    private static final List<String> USERS_INSIDE = List.of(
            "context.wa_id",
            "context.user_id",
            "context.parent_user_id",
            "message.to",
            "contact.phone_number",
            "contact.user_id",
            "contact.parent_user_id");

    /** What blanks are written over, from a byte to before another. */
    private record Cut(int from, int to) {}

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public byte @Nullable [] without(byte[] payload, Predicate<String> isUser) {
        JsonSpan root = JsonSpan.parse(payload, DEPTH);
        if (root == null) {
            return null;
        }
        List<Cut> cuts = new ArrayList<>();
        collect(root, "", isUser, cuts);
        return cuts.isEmpty() ? null : blank(payload, cuts);
    }

    /** @param name of the property that the span is the value of */
    private static void collect(JsonSpan span, String name, Predicate<String> isUser, List<Cut> cuts) {
        span.members().forEach(member -> collect(member.value(), member.name(), isUser, cuts));
        List<JsonSpan> elements = span.elements();
        int kept = 0;
        for (int i = 0; i < elements.size(); i++) {
            JsonSpan element = elements.get(i);
            if (!isAbout(element, name, isUser)) {
                collect(element, name, isUser, cuts);
                kept++;
            } else if (kept > 0) {
                cuts.add(new Cut(elements.get(i - 1).end(), element.end())); // with the comma before it
            } else {
                boolean isLast = i == elements.size() - 1;
                cuts.add(new Cut(
                        element.start(),
                        isLast ? element.end() : elements.get(i + 1).start()));
            }
        }
    }

    private static boolean isAbout(JsonSpan element, String array, Predicate<String> isUser) {
        if (array.equals(THREADS) && is(element.text("id"), isUser)) {
            return true;
        }
        return Stream.concat(Subjects.USERS.stream(), USERS_INSIDE.stream())
                .anyMatch(path -> is(element.firstText(List.of(path)), isUser));
    }

    private static boolean is(@Nullable String id, Predicate<String> isUser) {
        return id != null && isUser.test(id);
    }

    /** As long as before, so that a database overwrites it in place. */
    private static byte[] blank(byte[] payload, List<Cut> cuts) {
        byte[] rest = payload.clone();
        cuts.forEach(cut -> Arrays.fill(rest, cut.from(), cut.to(), (byte) ' '));
        return rest;
    }
}
