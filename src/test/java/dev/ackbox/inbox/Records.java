package dev.ackbox.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Records of tests. A record's payload is its name, and blanks where it is to be long. */
public final class Records {

    private Records() {}

    public static NewRecord of(String name, Lane lane, String conversation, int length, Instant receivedAt) {
        byte[] payload = Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), Math.max(length, name.length()));
        Arrays.fill(payload, name.length(), payload.length, (byte) ' ');
        return new NewRecord(
                key(name), "default", "messages", null, lane, conversation, null, null, List.of(), receivedAt, payload);
    }

    static IdempotencyKey key(String name) {
        byte[] digest = String.format("%-20s", name).getBytes(StandardCharsets.US_ASCII);
        return IdempotencyKey.of(1_794_817_947L, digest);
    }

    public static String name(InboxRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8).strip();
    }

    /** From {@code n0} on. */
    static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
    }
}
