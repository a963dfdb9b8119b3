package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.handlers.Fact;
import dev.ackbox.handlers.Fact.Subject;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.LatestValues;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StoredAccountStateTests {

    private static final Instant SINCE = Instant.parse("2026-11-24T10:00:00Z");

    private final Map<String, LatestValue> kept = new TreeMap<>();
    private final StoredAccountState state = new StoredAccountState(new LatestValues() {

        @Override
        public void put(String key, Instant time, byte[] value) {
            kept.put(key, new LatestValue(key, time, value));
        }

        @Override
        public List<LatestValue> all() {
            return List.copyOf(kept.values());
        }
    });

    @Test
    void aFactComesBackAsItWasKept() {
        Fact fact = new Fact("1", Subject.TEMPLATE, "2", "status", "", SINCE, Map.of("event", "PAUSED"));
        state.keep(fact);
        assertThat(state.all()).containsExactly(fact);
        assertThat(state.of("1")).containsExactly(fact);
        assertThat(state.of("11")).isEmpty();
    }

    @Test
    void oneThatCannotBeReadDoesNotHideTheOthers() {
        Fact fact = new Fact("1", Subject.ACCOUNT, "", "review", "", SINCE, Map.of());
        state.keep(fact);
        kept.put("x", new LatestValue("x", SINCE, "{\"subject\":\"MOON\"}".getBytes(StandardCharsets.UTF_8)));
        assertThat(state.all()).containsExactly(fact);
    }
}
