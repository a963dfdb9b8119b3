package dev.ackbox.inbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class HandlerNamesTests {

    @Test
    void comeBackAsTheyWereStored() {
        assertThat(HandlerNames.split(HandlerNames.join(Set.of("orders", "each[0]", "each[1]"))))
                .containsExactlyInAnyOrder("orders", "each[0]", "each[1]");
        assertThat(HandlerNames.split(HandlerNames.join(Set.of()))).isEmpty();
    }

    @Test
    void mayStandTwiceInAColumn() {
        assertThat(HandlerNames.split("orders\nstock\norders")).containsExactlyInAnyOrder("orders", "stock");
    }
}
