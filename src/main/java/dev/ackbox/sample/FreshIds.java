package dev.ackbox.sample;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes ids and times that were not used before, in Meta's form. For one thread. */
final class FreshIds {

    private static final int BYTES_OF_MESSAGE_ID = 42;
    private static final char[] LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".toCharArray();

    private final SplittableRandom random = new SplittableRandom();
    private Instant lastSecond = Instant.MIN;

    /** Whether something is the id of a message or a call, which no two of them share. */
    static boolean isOfMessageOrCall(JsonNode id) {
        return id.isString()
                && (id.asString().startsWith("wamid.") || id.asString().startsWith("wacid."));
    }

    /** An id of the same form: of a message or a call, a number, or letters and digits. */
    JsonNode like(JsonNode id) {
        String text = id.asString();
        if (isOfMessageOrCall(id)) {
            return JsonNodeFactory.instance.stringNode(text.substring(0, text.indexOf('.') + 1) + messageId());
        }
        if (id.isNumber()) {
            return JsonNodeFactory.instance.numberNode(number(text.length()));
        }
        boolean isNumber = text.chars().allMatch(Character::isDigit);
        return JsonNodeFactory.instance.stringNode(
                isNumber ? Long.toString(number(text.length())) : letters(text.length()));
    }

    private String messageId() {
        byte[] id = new byte[BYTES_OF_MESSAGE_ID];
        random.nextBytes(id);
        return Base64.getEncoder().encodeToString(id);
    }

    private String letters(int length) {
        StringBuilder letters = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            letters.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return letters.toString();
    }

    /** A number of so many decimal digits, the first not zero. */
    private long number(int digits) {
        long smallest = 1;
        for (int i = 1; i < digits; i++) {
            smallest *= 10;
        }
        return random.nextLong(smallest, smallest * 10);
    }

    /** The second of a time, or the one after the last that was given where that is later. */
    Instant second(Instant time) {
        Instant second = time.truncatedTo(ChronoUnit.SECONDS);
        lastSecond = second.isAfter(lastSecond) ? second : lastSecond.plusSeconds(1);
        return lastSecond;
    }
}
