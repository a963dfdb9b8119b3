package dev.ackbox.ops;

import dev.ackbox.handlers.AccountState;
import dev.ackbox.handlers.Fact;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.LatestValues;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Keeps facts beside the inbox. */
final class StoredAccountState implements AccountState {

    private static final Logger log = LoggerFactory.getLogger(StoredAccountState.class);

    private final JsonMapper json = new JsonMapper();
    private final LatestValues values;

    StoredAccountState(LatestValues values) {
        this.values = values;
    }

    @Override
    public void keep(Fact fact) {
        values.put(keyOf(fact), fact.since(), json.writeValueAsBytes(fact));
    }

    /** All facts, those of an account together. */
    List<Fact> all() {
        return facts(key -> true);
    }

    /** What is known of one account. */
    List<Fact> of(String accountId) {
        return facts(key -> key.startsWith(accountId + "\n"));
    }

    private List<Fact> facts(Predicate<String> wanted) {
        return values.all().stream()
                .filter(value -> wanted.test(value.key()))
                .flatMap(this::read)
                .toList();
    }

    /** One that cannot be read, such as after a downgrade, must not hide all others. */
    private Stream<Fact> read(LatestValue value) {
        try {
            return Stream.of(json.readValue(value.value(), Fact.class));
        } catch (JacksonException ex) {
            log.warn("A fact that another version kept at {} cannot be read and is not shown", value.time());
            return Stream.empty();
        }
    }

    private static String keyOf(Fact fact) {
        return String.join("\n", fact.accountId(), fact.subject().name(), fact.subjectId(), fact.aspect(), fact.item());
    }
}
