package dev.ackbox.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.LatestValues;
import dev.ackbox.watch.AccountFact.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AccountStateTests {

    private static final Instant SINCE = Instant.parse("2026-11-24T10:00:00Z");

    private final Map<String, LatestValue> kept = new TreeMap<>();
    private final AccountState state = new AccountState(new LatestValues() {

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
        AccountFact fact = new AccountFact("1", Subject.TEMPLATE, "2", "status", "", SINCE, Map.of("event", "PAUSED"));
        state.put(fact);
        assertThat(state.all()).containsExactly(fact);
        assertThat(state.of("1")).containsExactly(fact);
        assertThat(state.of("11")).isEmpty();
    }

    @Test
    void aFactOfAnEarlierBuildIsRead() {
        String json = """
                {"accountId": "1", "subject": "ACCOUNT", "subjectId": "", "aspect": "review", "item": "",
                 "since": "2026-11-24T10:00:00Z", "details": {"decision": "APPROVED"}}""";
        kept.put("1", new LatestValue("1", SINCE, json.getBytes(StandardCharsets.UTF_8)));
        assertThat(state.all()).extracting(AccountFact::kind).containsExactly("review");
    }

    @Test
    void oneThatCannotBeReadDoesNotHideTheOthers() {
        AccountFact fact = new AccountFact("1", Subject.ACCOUNT, "", "review", "", SINCE, Map.of());
        state.put(fact);
        kept.put("x", new LatestValue("x", SINCE, "{\"subject\":\"MOON\"}".getBytes(StandardCharsets.UTF_8)));
        assertThat(state.all()).containsExactly(fact);
    }
}
