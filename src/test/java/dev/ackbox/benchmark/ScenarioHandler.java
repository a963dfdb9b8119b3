package dev.ackbox.benchmark;

import dev.ackbox.handler.Handler;
import dev.ackbox.handler.Received;
import dev.ackbox.model.Value;
import dev.ackbox.model.history.HistoryValue;
import dev.ackbox.model.messages.Content;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.MessagesValue;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Does what a {@link ScenarioBenchmark} asks for by content, and measures how long other messages took until they were handled. */
final class ScenarioHandler implements Handler<Value> {

    /** A message with this text keeps a processor busy. */
    static final String SPIN = "spin";

    static final Duration SPIN_TIME = Duration.ofSeconds(5);
    static final Duration HISTORY_TIME = Duration.ofMillis(50);

    private Latencies untilHandled = new Latencies();

    @Override
    public void handle(Value value, Received received) throws InterruptedException {
        if (value instanceof HistoryValue) {
            TimeUnit.NANOSECONDS.sleep(HISTORY_TIME.toNanos());
        } else if (value instanceof MessagesValue messages
                && messages.messages().stream().anyMatch(ScenarioHandler::asksToSpin)) {
            spin();
        } else {
            add(TimeUnit.MILLISECONDS.toNanos(Math.max(
                    0, System.currentTimeMillis() - received.receivedAt().toEpochMilli())));
        }
    }

    private static boolean asksToSpin(Message message) {
        return message.content() instanceof Content.Text text && SPIN.equals(text.body());
    }

    private static void spin() {
        long end = System.nanoTime() + SPIN_TIME.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private synchronized void add(long nanos) {
        untilHandled.add(nanos);
    }

    /** Since the last call. */
    synchronized Latencies takeLatencies() {
        Latencies taken = untilHandled;
        untilHandled = new Latencies();
        return taken;
    }
}
