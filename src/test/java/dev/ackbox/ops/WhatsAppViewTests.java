package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.ackbox.CapturedLog;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.LatestValues;
import dev.ackbox.ops.inbox.Audit;
import dev.ackbox.test.MovableClock;
import dev.ackbox.watch.AccountFact;
import dev.ackbox.watch.AccountFact.Subject;
import dev.ackbox.watch.AccountState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import tools.jackson.databind.json.JsonMapper;

class WhatsAppViewTests {

    private final JsonMapper json = new JsonMapper();
    private final MovableClock clock = new MovableClock();
    private final InMemory values = new InMemory();
    private final AccountState state = new AccountState(values);
    private final WhatsAppEndpoint endpoint = new WhatsAppEndpoint(state, new Audit(), clock);

    /** As the inbox does it. */
    private static final class InMemory implements LatestValues {

        private final Map<String, LatestValue> values = new TreeMap<>();
        private boolean isFull;

        @Override
        public void put(String key, Instant time, byte[] value) {
            if (isFull) {
                throw new InboxUnavailableException("The disk is full");
            }
            LatestValue known = values.get(key);
            if (known == null || !known.time().isAfter(time)) {
                values.put(key, new LatestValue(key, time, value));
            }
        }

        @Override
        public List<LatestValue> all() {
            return List.copyOf(values.values());
        }
    }

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(json.writeValueAsString(endpoint.accounts())).isEqualTo("{\"accounts\":[]}");
    }

    @Test
    void itReadsLikeThis() {
        account("211504987306412", "review", "", 1, "decision", "APPROVED");
        account("211504987306412", "limits", "", 2, "maxDailyConversationsPerBusiness", "TIER_2K");
        account(
                "211504987306412",
                "restrictions",
                "RESTRICTED_UTILITY_TEMPLATES",
                3,
                "type",
                "RESTRICTED_UTILITY_TEMPLATES",
                "expiration",
                "2026-11-23T03:33:20Z");
        account("211504987306412", "ban", "", 4, "state", "REINSTATE", "date", "November 20, 2026");
        number("12065550142", "name", 5, "name", "Elm Parcels");
        number("12065550142", "limit", 6, "current", "TIER_2K");
        template("status", 7, "event", "PAUSED", "reason", "NONE", "pause", "FIRST_PAUSE");
        template("quality", 8, "score", "RED", "previous", "YELLOW");
        account("99", "review", "", 1, "decision", "PENDING");
        assertThatAccountsAre("""
                [{
                  "id": "211504987306412",
                  "lastChange": "2026-11-20T08:00:00Z",
                  "ban": {"state": "REINSTATE", "date": "November 20, 2026", "active": false, "since": "2026-11-20T04:00:00Z"},
                  "limits": {"maxDailyConversationsPerBusiness": "TIER_2K", "since": "2026-11-20T02:00:00Z"},
                  "restrictions": [{
                    "type": "RESTRICTED_UTILITY_TEMPLATES",
                    "expiration": "2026-11-23T03:33:20Z",
                    "active": true,
                    "since": "2026-11-20T03:00:00Z",
                    "ageDays": 2,
                    "stale": false
                  }],
                  "review": {"decision": "APPROVED", "since": "2026-11-20T01:00:00Z"},
                  "phoneNumbers": [{
                    "displayPhoneNumber": "12065550142",
                    "lastChange": "2026-11-20T06:00:00Z",
                    "limit": {"current": "TIER_2K", "since": "2026-11-20T06:00:00Z"},
                    "name": {"name": "Elm Parcels", "since": "2026-11-20T05:00:00Z"}
                  }],
                  "templates": [{
                    "id": "1488200337719054",
                    "name": "parcel_update_v3",
                    "language": "en_US",
                    "lastChange": "2026-11-20T08:00:00Z",
                    "quality": {"score": "RED", "previous": "YELLOW", "since": "2026-11-20T08:00:00Z"},
                    "status": {"event": "PAUSED", "reason": "NONE", "pause": "FIRST_PAUSE", "since": "2026-11-20T07:00:00Z"}
                  }]
                }, {
                  "id": "99",
                  "lastChange": "2026-11-20T01:00:00Z",
                  "review": {"decision": "PENDING", "since": "2026-11-20T01:00:00Z"},
                  "phoneNumbers": [],
                  "templates": []
                }]""");
    }

    @Test
    void whatMetaNeverLiftsIsDismissed() {
        account("1", "violations", "SPAM", 1, "type", "SPAM");
        account("1", "restrictions", "A", 1, "type", "A", "expiration", "2026-11-23T03:33:20Z");
        assertThat(dismiss("violations", "SPAM")).isEqualTo(200);
        assertThat(kinds("1")).doesNotContainKey("violations");
        assertThat(dismiss("violations", "SPAM")).isEqualTo(404);
        assertThat(dismiss("restrictions", "A")).as("it ends by itself").isEqualTo(409);
        assertThat(dismiss("review", "")).isEqualTo(404);
        account("1", "violations", "SPAM", 2, "type", "SPAM");
        assertThat(kinds("1")).as("Meta says it again").containsKey("violations");
    }

    @Test
    void aDismissalThatFailsIsInTheAudit() {
        account("1", "violations", "SPAM", 1, "type", "SPAM");
        values.isFull = true;
        try (CapturedLog log = new CapturedLog()) {
            ((Logger) LoggerFactory.getLogger(Audit.LOGGER)).setLevel(Level.INFO);
            assertThatExceptionOfType(InboxUnavailableException.class).isThrownBy(() -> dismiss("violations", "SPAM"));
            assertThat(log.lines())
                    .filteredOn(line -> line.logger().equals(Audit.LOGGER))
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line.text()).contains("\"what\":\"dismiss\"", "\"count\":0", "\"failed\":true"));
        }
    }

    @Test
    void whatHasNoTypeIsDismissedAsUnknown() {
        account("1", "alerts", "PHONE_NUMBER 2 null", 1, "entityId", "2");
        assertThat(dismiss("alerts", "unknown")).isEqualTo(200);
        assertThat(kinds("1")).doesNotContainKey("alerts");
    }

    private int dismiss(String kind, String item) {
        return endpoint.dismiss(SecurityContext.NONE, "1", kind, item, null).getStatus();
    }

    private Map<String, Object> kinds(String account) {
        Map<String, Object> view = endpoint.account(account);
        assertThat(view).isNotNull();
        return view;
    }

    @Test
    void aDeletedTemplateIsNotShown() {
        template("quality", 1, "score", "RED");
        template("status", 2, "event", "PENDING_DELETION");
        assertThat(endpoint.accounts().toString()).contains("PENDING_DELETION");
        template("status", 3, "event", "DELETED");
        assertThat(endpoint.accounts().toString()).doesNotContain("DELETED", "RED");
    }

    @Test
    void whatIsOlderDoesNotReplaceWhatIsNewer() {
        account("1", "review", "", 5, "decision", "APPROVED");
        account("1", "review", "", 4, "decision", "PENDING");
        assertThat(kind("1", "review")).containsEntry("decision", "APPROVED");
    }

    @Test
    void aRestrictionThatEndedIsNotActive() {
        account("1", "restrictions", "A", 1, "type", "A", "expiration", "2026-11-23T03:33:20Z");
        account("1", "restrictions", "B", 1, "type", "B");
        clock.advance(Duration.ofDays(1));
        assertThat(endpoint.account("1"))
                .extracting("restrictions")
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .extracting(restriction -> restriction.get("active"))
                .containsExactly(false, true);
    }

    /** Meta never lifts some of them. */
    @Test
    void whatHasNoEndIsStaleAfterNinetyDays() {
        account("1", "alerts", "A", 10, "type", "PROFILE_PICTURE_LOST");
        account("1", "violations", "A", 10, "type", "ALCOHOL");
        account("1", "restrictions", "A", 10, "type", "A");
        account("1", "restrictions", "B", 10, "type", "B", "expiration", "2027-11-20T00:00:00Z");
        account("1", "review", "", 10, "decision", "REJECTED");
        clock.advance(Duration.ofDays(88));
        assertThat(ages("1")).containsExactly("90 false", "90 false", "90 false", "90 false");
        clock.advance(Duration.ofMillis(1));
        assertThat(ages("1")).containsExactly("90 true", "90 true", "90 true", "90 false");
        account("1", "alerts", "A", 11, "type", "PROFILE_PICTURE_LOST");
        assertThat(ages("1")).containsExactly("89 false", "90 true", "90 true", "90 false");
        assertThat(kind("1", "review")).doesNotContainKeys("ageDays", "stale");
    }

    @Test
    void whatMetasClockHoldsOffHasNoAgeBelowZero() {
        account("1", "alerts", "A", 24 * 3, "type", "PROFILE_PICTURE_LOST");
        assertThat(ages("1")).containsExactly("0 false");
    }

    @Test
    void whatHoldsNoMoreIsNotShown() {
        account("1", "restrictions", "A", 1, "type", "A");
        account("1", "restrictions", "A", 2);
        assertThat(endpoint.account("1")).doesNotContainKey("restrictions").containsKey("lastChange");
        account("1", "restrictions", "A", 3, "type", "A");
        assertThat(endpoint.account("1")).containsKey("restrictions");
    }

    @Test
    void anAccountIsFoundByItsIdAndNoOther() {
        account("12", "review", "", 1, "decision", "APPROVED");
        assertThat(endpoint.account("12")).containsEntry("id", "12");
        assertThat(endpoint.account("1")).isNull();
    }

    private List<String> ages(String accountId) {
        return Stream.of("alerts", "violations", "restrictions")
                .flatMap(kind ->
                        json.valueToTree(endpoint.account(accountId)).path(kind).valueStream())
                .map(item ->
                        item.path("ageDays").asInt() + " " + item.path("stale").asBoolean())
                .toList();
    }

    private void assertThatAccountsAre(String expected) {
        assertThat(json.writeValueAsString(endpoint.accounts().get("accounts")))
                .isEqualTo(json.writeValueAsString(json.readTree(expected)));
    }

    @SuppressWarnings("unchecked") // a kind without items
    private Map<String, Object> kind(String accountId, String kind) {
        @Nullable Map<String, Object> account = endpoint.account(accountId);
        return account == null ? Map.of() : (Map<String, Object>) account.get(kind);
    }

    private void account(String accountId, String kind, String item, int hour, String... details) {
        state.put(new AccountFact(accountId, Subject.ACCOUNT, "", kind, item, at(hour), details(details)));
    }

    private void number(String number, String kind, int hour, String... details) {
        state.put(
                new AccountFact("211504987306412", Subject.PHONE_NUMBER, number, kind, "", at(hour), details(details)));
    }

    private void template(String kind, int hour, String... details) {
        Map<String, String> all = details("name", "parcel_update_v3", "language", "en_US");
        all.putAll(details(details));
        state.put(new AccountFact("211504987306412", Subject.TEMPLATE, "1488200337719054", kind, "", at(hour), all));
    }

    private static Instant at(int hour) {
        return Instant.parse("2026-11-20T00:00:00Z").plus(Duration.ofHours(hour));
    }

    private static Map<String, String> details(String... namesAndValues) {
        Map<String, String> details = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            details.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return details;
    }
}
