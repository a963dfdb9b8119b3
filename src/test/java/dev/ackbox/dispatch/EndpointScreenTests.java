package dev.ackbox.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.Payloads;
import dev.ackbox.SampleChanges;
import dev.ackbox.SampleChanges.Sample;
import dev.ackbox.dispatch.Screen.Verdict;
import dev.ackbox.model.json.ChangeReader;
import dev.ackbox.model.messages.MessageStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;

class EndpointScreenTests {

    private static final String ACCOUNT = "211504987306412";
    private static final String PHONE_NUMBER = "318840776125093";

    private final ChangeReader reader = new ChangeReader();

    static List<String> tests() {
        return Payloads.in("_dashboard_test");
    }

    static List<String> messages() {
        return Payloads.in("messages");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void withoutRulesEverythingGoesToItsHandlers(String body) throws Exception {
        assertThat(screen(List.of(), List.of(), List.of(), body)).isEqualTo(new Verdict.Handle());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsOfAnAllowedAccountAndNumberPasses(String body) throws Exception {
        assertThat(screen(List.of("1", ACCOUNT), List.of(PHONE_NUMBER), List.of(), body))
                .isEqualTo(new Verdict.Handle());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"messages/text_full", "account_review_update/full", "_envelope/unknown_field", "calls/minimal"})
    void whatIsOfAnotherAccountIsSetAside(String body) throws Exception {
        assertThat(screen(List.of("1"), List.of(), List.of(), body))
                .isEqualTo(new Verdict.Quarantine("its account is not allowed at endpoint default"));
    }

    @Test
    void whatIsOfAnotherNumberIsSetAside() throws Exception {
        assertThat(screen(List.of(), List.of("1"), List.of(), "messages/text_full"))
                .isEqualTo(new Verdict.Quarantine("its phone number is not allowed at endpoint default"));
    }

    @Test
    void whatNamesNoNumberIsNotHeldAgainstTheNumbers() throws Exception {
        assertThat(screen(List.of(ACCOUNT), List.of("1"), List.of(), "account_review_update/full"))
                .isEqualTo(new Verdict.Handle());
    }

    @Test
    void anEventOfAPartnerPassesByTheCustomersAccountOrByThePortfolio() throws Exception {
        List<String> ids = reader.read(Payloads.read("account_update/partner_added"))
                .change()
                .accountIds();
        assertThat(ids).hasSize(2).startsWith(ACCOUNT);
        for (String id : ids) {
            assertThat(screen(List.of(id), List.of(), List.of(), "account_update/partner_added"))
                    .isEqualTo(new Verdict.Handle());
        }
    }

    @ParameterizedTest
    @MethodSource("tests")
    void testNotificationsAlwaysPass(String body) throws Exception {
        assertThat(screen(List.of("1"), List.of("1"), List.of(), body)).isEqualTo(new Verdict.Handle());
    }

    @ParameterizedTest
    @CsvSource({
        "messages/status_failed_full, true",
        "messages/status_read_minimal, true",
        "messages/status_sent_full, false",
        "messages/status_delivered_full, false",
        "messages/text_full, true",
        "messages/errors_value, true",
        "messages/mixed_messages_and_statuses, true",
        "calls/status_ringing, true"
    })
    void onlyStatusesThatAreWantedGoToHandlers(String body, boolean wanted) throws Exception {
        assertThat(screen(List.of(), List.of(), List.of(MessageStatus.FAILED, MessageStatus.READ), body))
                .isEqualTo(wanted ? new Verdict.Handle() : new Verdict.Skip());
    }

    @Test
    void aPaymentBesideAStatusThatIsNotWantedGoesToHandlers() throws Exception {
        Sample sample =
                SampleChanges.changesOf("messages/status_sent_full").get(0).copy();
        ((ArrayNode) sample.value().path("statuses"))
                .add(SampleChanges.changesOf("messages/status_payment_captured_minimal")
                        .get(0)
                        .value()
                        .path("statuses")
                        .path(0));
        assertThat(screen(List.of(), List.of(), List.of(MessageStatus.READ), sample.bytes()))
                .isEqualTo(new Verdict.Handle());
    }

    private Verdict screen(List<String> accounts, List<String> phoneNumbers, List<MessageStatus> statuses, String body)
            throws Exception {
        return screen(accounts, phoneNumbers, statuses, Payloads.read(body));
    }

    private Verdict screen(List<String> accounts, List<String> phoneNumbers, List<MessageStatus> statuses, byte[] body)
            throws Exception {
        EndpointScreen.Rules rules =
                new EndpointScreen.Rules(Set.copyOf(accounts), Set.copyOf(phoneNumbers), Set.copyOf(statuses));
        return new EndpointScreen(Map.of("default", rules))
                .of("default", reader.read(body).change());
    }
}
