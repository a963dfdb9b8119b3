package dev.ackbox.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LatestValueTests {

    @Test
    void showsNeitherItsKeyNorItsValue() {
        LatestValue value = new LatestValue("a", Instant.EPOCH, "secret".getBytes(StandardCharsets.UTF_8));
        assertThat(value).hasToString("LatestValue[1970-01-01T00:00:00Z, 6 bytes]");
    }

    @Test
    void takesNoTimeThatMillisecondsCannotSay() {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> new LatestValue("a", Instant.MAX, new byte[0]));
    }
}
