package dev.ackbox.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTests {

    @Test
    void printsALineAtEachInterval() {
        StringWriter out = new StringWriter();
        Tally tally = new Tally();
        tally.count(new Answer.Status(200), System.nanoTime());
        tally.count(new Answer.Status(503), System.nanoTime());
        Progress progress = new Progress(tally, 40, new PrintWriter(out));

        progress.start(Duration.ofMillis(5));
        await().until(() -> out.toString().lines().count() >= 3);
        progress.stop();

        assertThat(out.toString()).startsWith("2 of 40 finished, 1 of them not with 200; ");
    }
}
