package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.Payloads;
import dev.ackbox.ServiceTest;
import dev.ackbox.SignedClient;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** With {@code print-payloads}, and a terminal that takes nothing until the sender has its answer. */
@ServiceTest({"ackbox.endpoints.default.print-payloads=true", "ackbox.print-payloads-outside-local=true"})
class SlowTerminalTests {

    private static final PrintStream TERMINAL = System.out;
    private static final CountDownLatch ANSWERED = new CountDownLatch(1);
    private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();

    @LocalServerPort
    private int port;

    @BeforeAll
    static void holdUp() {
        System.setOut(new PrintStream(new Stuck(), true, StandardCharsets.UTF_8));
    }

    @AfterAll
    static void release() {
        System.setOut(TERMINAL);
        ANSWERED.countDown();
    }

    @Test
    void aNotificationIsPrintedAfterItsAnswer() throws Exception {
        byte[] body = Payloads.read("messages/text_full");
        assertThat(SignedClient.ofServiceTest(port).post(body).statusCode()).isEqualTo(200);
        ANSWERED.countDown();
        await().until(() -> PRINTED.toString(StandardCharsets.UTF_8).contains("whatsapp_business_account"));
    }

    /** What is printed of a notification names its object; other lines are none of this test's. */
    private static final class Stuck extends OutputStream {

        @Override
        public void write(int each) {
            write(new byte[] {(byte) each}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
            if (text.contains("whatsapp_business_account")) {
                try {
                    ANSWERED.await();
                } catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
            }
            PRINTED.write(bytes, offset, length);
        }
    }
}
