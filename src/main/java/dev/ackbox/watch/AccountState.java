package dev.ackbox.watch;

import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.LatestValues;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The latest facts about accounts, their phone numbers and templates, stored beside the inbox. May be called from any thread. */
public final class AccountState {

    private static final Logger log = LoggerFactory.getLogger(AccountState.class);

    private final JsonMapper json = new JsonMapper();
    private final LatestValues values;

    public AccountState(LatestValues values) {
        this.values = values;
    }

    /**
     * Stores a fact unless a newer one is there. Returns once it is durable. Storing it twice changes nothing.
     *
     * @throws InboxUnavailableException where it may not be stored
     */
    public void put(AccountFact fact) {
        values.put(keyOf(fact), fact.since(), json.writeValueAsBytes(fact));
    }

    /**
     * Notes that a fact no longer holds, which Meta never says of some. A newer one of the same kind and item holds again.
     *
     * @throws InboxUnavailableException where that may not be stored
     */
    public void lift(AccountFact fact) {
        put(new AccountFact(
                fact.accountId(), fact.subject(), fact.subjectId(), fact.kind(), fact.item(), fact.since(), Map.of()));
    }

    /** All facts, those of an account together. */
    public List<AccountFact> all() {
        return facts(key -> true);
    }

    /** The facts about one account, its phone numbers and templates. */
    public List<AccountFact> of(String accountId) {
        return facts(key -> key.startsWith(accountId + "\n"));
    }

    private List<AccountFact> facts(Predicate<String> wanted) {
        return values.all().stream()
                .filter(value -> wanted.test(value.key()))
                .flatMap(this::read)
                .toList();
    }

    /** One that cannot be read, such as after a downgrade, must not hide all others. */
    private Stream<AccountFact> read(LatestValue value) {
        try {
            return Stream.of(json.readValue(value.value(), AccountFact.class));
        } catch (JacksonException ex) {
            log.warn("The account view lacks a fact of {}: another version of Ackbox stored it", value.time());
            return Stream.empty();
        }
    }

    private static String keyOf(AccountFact fact) {
        return String.join("\n", fact.accountId(), fact.subject().name(), fact.subjectId(), fact.kind(), fact.item());
    }
}
