package dev.ackbox.intake;

import dev.ackbox.inbox.DashboardTest;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.intake.ItemKind.KnownBy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes the keys of one notification's items. {@link Identification} says what goes into them. Whatever is known by its
 * content is counted: the second of two equal items of one notification has a key of its own, which a redelivery repeats.
 */
final class Keys {

    private static final List<String> RECIPIENT = List.of("recipient_id", "recipient_user_id");
    private static final List<String> PARTICIPANT =
            List.of("recipient_participant_id", "participant_recipient_id", "recipient_participant_user_id");

    /** Types of messages that stand for a content which may still come under the same id. */
    private static final Set<String> PLACEHOLDERS = Set.of("unsupported", "unknown", "media_placeholder");

    private final String endpoint;
    private final byte[] body;
    private final Instant receivedAt;

    /** How often each key has come up. */
    private final Map<IdempotencyKey, Integer> occurrences = new HashMap<>();

    /** The whole notification's digest, once an item needs it. */
    private byte @Nullable [] digestOfBody;

    Keys(String endpoint, byte[] body, Instant receivedAt) {
        this.endpoint = endpoint;
        this.body = body;
        this.receivedAt = receivedAt;
    }

    /** The key of the whole body. */
    IdempotencyKey ofBody() {
        return key(null, digest("body", null).add(body, 0, body.length));
    }

    /** The key of an entry without changes. */
    IdempotencyKey ofEntry(JsonSpan entry, @Nullable Instant time) {
        return counted(time, byContent(digest(ChangeSpan.NO_FIELD, null), entry, null, entry));
    }

    /** The key of a change that is not cut. */
    IdempotencyKey ofChange(JsonSpan entry, ChangeSpan change, @Nullable String phoneNumberId, @Nullable Instant time) {
        Digest digest = byContent(digest(change.field(), null), entry, phoneNumberId, change.span());
        List<ItemSpan> items = change.items();
        if (time == null && !items.isEmpty() && items.stream().allMatch(Keys::isErrorWithoutTime)) {
            addReceipt(digest);
        }
        return counted(time, digest);
    }

    /** The key of an item of a change. */
    IdempotencyKey ofItem(
            JsonSpan entry, ChangeSpan change, ItemSpan item, @Nullable String phoneNumberId, @Nullable Instant time) {
        Digest digest = digest(item.kind().field(), item.kind().array());
        boolean byContent = isKnownByContent(item);
        if (byContent) {
            byContent(digest, entry, phoneNumberId, item.span());
        } else {
            byId(digest, item).add(nonceForTest(entry, phoneNumberId));
        }
        change.joined().forEach(joined -> digest.addCanonical(body, joined));
        if (time == null && isErrorWithoutTime(item)) {
            addReceipt(digest);
        }
        return byContent ? counted(time, digest) : key(time, digest);
    }

    /** Whether all of an item's content tells it from others. */
    static boolean isKnownByContent(ItemSpan item) {
        KnownBy knownBy = item.kind().knownBy();
        // Several transactions may be reported for one message at the same time.
        boolean payment = knownBy == KnownBy.STATUS && item.span().get("payment") != null;
        boolean byId = knownBy == KnownBy.ID || knownBy == KnownBy.STATUS;
        return !byId || item.span().text("id") == null || payment;
    }

    private static boolean isErrorWithoutTime(ItemSpan item) {
        return item.kind().knownBy() == KnownBy.CONTENT_OR_RECEIPT
                && ItemTime.parse(item.span().text("timestamp")) == null;
    }

    private static Digest byId(Digest digest, ItemSpan item) {
        JsonSpan span = item.span();
        digest.add("id").add(span.text("id"));
        if (item.kind().knownBy() == KnownBy.STATUS) {
            digest.add(span.text("status"))
                    .add(span.text("timestamp"))
                    .add(span.firstText(RECIPIENT))
                    .add(span.firstText(PARTICIPANT));
            span.elements("errors").forEach(error -> digest.add("error").add(error.text("code")));
        } else if (isPlaceholder(span)) {
            digest.add("placeholder");
        }
        return digest;
    }

    private static boolean isPlaceholder(JsonSpan message) {
        String type = message.text("type");
        return type != null && PLACEHOLDERS.contains(type.toLowerCase(Locale.ROOT));
    }

    private Digest byContent(Digest digest, JsonSpan entry, @Nullable String phoneNumberId, JsonSpan content) {
        return digest.add("content")
                .add(entry.text("id"))
                .add(entry.text("time"))
                .add(phoneNumberId)
                .addCanonical(body, content)
                .add(nonceForTest(entry, phoneNumberId));
    }

    /** The whole notification and the minute in which it was received, so that a quick retry is known and a later one is not. */
    private void addReceipt(Digest digest) {
        if (digestOfBody == null) {
            digestOfBody = new Digest().addCanonical(body, 0, body.length).toBytes();
        }
        digest.add("receipt")
                .add(digestOfBody, 0, digestOfBody.length)
                .add(receivedAt.truncatedTo(ChronoUnit.MINUTES).toString());
    }

    private Digest digest(String kind, @Nullable String array) {
        return new Digest().add(endpoint).add(kind).add(array);
    }

    /** The key of the first such item of the notification, or one that is made of that and of how many came before. */
    private IdempotencyKey counted(@Nullable Instant time, Digest digest) {
        IdempotencyKey first = key(time, digest);
        int before = occurrences.merge(first, 1, Integer::sum) - 1;
        return before == 0
                ? first
                : key(time, new Digest().add(first.toString()).add(String.valueOf(before)));
    }

    private static IdempotencyKey key(@Nullable Instant time, Digest digest) {
        return IdempotencyKey.of(time == null ? 0 : time.getEpochSecond(), digest.toBytes());
    }

    private static @Nullable String nonceForTest(JsonSpan entry, @Nullable String phoneNumberId) {
        return DashboardTest.isRecognisedBy(entry.text("id"), phoneNumberId)
                ? UUID.randomUUID().toString()
                : null;
    }
}
