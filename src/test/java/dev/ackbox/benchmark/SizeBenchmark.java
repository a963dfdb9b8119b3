package dev.ackbox.benchmark;

import dev.ackbox.inbox.AppendResult;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Start;
import dev.ackbox.intake.Intake;
import dev.ackbox.intake.IntakeObserver;
import dev.ackbox.model.json.ChangeReader;
import dev.ackbox.model.json.UnreadablePayloadException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures how the time of cutting and reading grows with the size of a notification: a batch of up to 1,000 updates, and a
 * chunk of a history of up to 3 MB. The sizes take turns, round by round. Nothing is stored.
 */
final class SizeBenchmark {

    private static final int ROUNDS = Integer.getInteger("benchmark.size-rounds", 200);
    private static final int WARM_UP = ROUNDS / 4;
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private final ChangeReader reader = new ChangeReader();
    private final Kept kept = new Kept();
    private final Intake intake = new Intake(kept, IntakeObserver.NONE, Duration.ofSeconds(5));

    public static void main(String[] args) throws Exception {
        SizeBenchmark benchmark = new SizeBenchmark();
        benchmark.measure("messages", List.of(125, 250, 500, 1_000), SizeBenchmark::messages);
        benchmark.measure("statuses", List.of(125, 250, 500, 1_000), SizeBenchmark::statuses);
        benchmark.measure("history messages", List.of(1_500, 3_000, 6_000, 12_000), SizeBenchmark::history);
        benchmark.intake.close();
    }

    private void measure(String what, List<Integer> counts, IntFunction<byte[]> notification) throws Exception {
        List<byte[]> bodies = counts.stream().map(notification::apply).toList();
        long[][] nanos = new long[counts.size()][ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (int i = 0; i < bodies.size(); i++) {
                long start = System.nanoTime();
                int records = cutAndRead(bodies.get(i));
                long took = System.nanoTime() - start;
                if (records != (what.startsWith("history") ? 1 : counts.get(i))) {
                    throw new IllegalStateException(records + " records came of " + counts.get(i) + " " + what);
                }
                if (round >= 0) {
                    nanos[i][round] = took;
                }
            }
        }
        System.out.printf("%n%-20s %12s %12s %12s%n", what, "bytes", "ms, median", "ns per byte");
        for (int i = 0; i < bodies.size(); i++) {
            Arrays.sort(nanos[i]);
            long median = nanos[i][ROUNDS / 2];
            int bytes = bodies.get(i).length;
            System.out.printf(
                    "%-20d %12d %12.2f %12.1f%n", counts.get(i), bytes, median / 1e6, (double) median / bytes);
        }
    }

    private int cutAndRead(byte[] body) throws UnreadablePayloadException {
        intake.accept("default", body, NOW);
        for (NewRecord each : kept.records) {
            if (reader.read(each.payload()).change() == null) {
                throw new IllegalStateException("Nothing was read");
            }
        }
        return kept.records.size();
    }

    private static byte[] messages(int count) {
        String contacts = each(count, "{\"profile\":{\"name\":\"User $i\"},\"wa_id\":\"1206555$i\"}");
        String messages = each(
                count,
                "{\"from\":\"1206555$i\",\"id\":\"wamid.HBgLMTIwNjU1NTAxNzcVAgASGBQ$i\",\"timestamp\":\"1794800137\","
                        + "\"type\":\"text\",\"text\":{\"body\":\"Are you open on Sunday?\"}}");
        return notification("messages", "\"contacts\":[" + contacts + "],\"messages\":[" + messages + "]");
    }

    private static byte[] statuses(int count) {
        return notification(
                "messages",
                "\"statuses\":["
                        + each(
                                count,
                                "{\"id\":\"wamid.HBgLMTIwNjU1NTAxNzcVAgASGBQ$i\",\"status\":\"delivered\","
                                        + "\"timestamp\":\"1794809179\",\"recipient_id\":\"1206555$i\",\"pricing\":"
                                        + "{\"billable\":true,\"pricing_model\":\"PMP\",\"category\":\"utility\","
                                        + "\"type\":\"regular\"}}")
                        + "]");
    }

    private static byte[] history(int count) {
        return notification(
                "history",
                "\"history\":[{\"metadata\":{\"phase\":1,\"chunk_order\":2,\"progress\":80},\"threads\":[{\"id\":"
                        + "\"12065550177\",\"messages\":["
                        + each(
                                count,
                                "{\"from\":\"12065550142\",\"to\":\"12065550177\",\"id\":"
                                        + "\"wamid.HBgLMTIwNjU1NTAxNzcVAgARGBJDMTM5RUFCMjhDQkM5Mk$i\",\"timestamp\":"
                                        + "\"1791802733\",\"type\":\"text\",\"text\":{\"body\":\"Your order is ready\"},"
                                        + "\"history_context\":{\"status\":\"DELIVERED\"}}")
                        + "]}]}]");
    }

    private static String each(int count, String element) {
        return IntStream.range(1_000, 1_000 + count)
                .mapToObj(i -> element.replace("$i", String.valueOf(i)))
                .collect(Collectors.joining(","));
    }

    private static byte[] notification(String field, String value) {
        return ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"211504987306412\",\"changes\":[{\"value\":"
                        + "{\"messaging_product\":\"whatsapp\",\"metadata\":{\"display_phone_number\":\"12065550142\","
                        + "\"phone_number_id\":\"318840776125093\"}," + value + "},\"field\":\"" + field + "\"}]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Keeps the latest notification's records, and nothing else. */
    private static final class Kept implements Inbox {

        private List<NewRecord> records = List.of();

        @Override
        public CompletableFuture<AppendResult> append(List<NewRecord> notification) {
            records = notification;
            BitSet stored = new BitSet(notification.size());
            stored.set(0, notification.size());
            return CompletableFuture.completedFuture(new AppendResult(stored));
        }

        @Override
        public Consumer open(ConsumerDefinition definition, Start start) {
            throw new UnsupportedOperationException("Nothing is read");
        }

        @Override
        public List<Consumer> consumers() {
            return List.of();
        }

        @Override
        public Map<String, String> warnings() {
            return Map.of();
        }

        @Override
        public boolean isReporter() {
            return true;
        }

        @Override
        public Size size() {
            return Size.NOTHING;
        }

        @Override
        public void check() {}

        @Override
        public void close() {}
    }
}
