package dev.ackbox.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ackbox.Payloads;
import dev.ackbox.SampleChanges;
import dev.ackbox.SampleChanges.Sample;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.LatestValues;
import dev.ackbox.model.json.ChangeReader;
import dev.ackbox.model.json.Fields;
import dev.ackbox.watch.AccountFact.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the built-in stage makes of each field. */
@Isolated("listens to loggers that other tests write to")
class TableWatchTests {

    private static final Instant RECEIVED_AT = Instant.parse("2026-11-24T10:00:00Z");

    private final ChangeReader reader = new ChangeReader();
    private final Recording recording = new Recording();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.ackbox.watch");
    private final TableWatch watch = new TableWatch(WatchTable.ROWS, recording, new AccountState(recording));

    /** Keeps what was counted, as {@code meter[label, label]}, and what was stored. */
    private static final class Recording implements WatchObserver, LatestValues {

        boolean full;
        final List<String> counts = new ArrayList<>();
        final List<String> progress = new ArrayList<>();
        final List<AccountFact> facts = new ArrayList<>();

        @Override
        public void counted(WatchMeter meter, List<String> labels) {
            assertThat(labels).as(meter.name()).hasSameSizeAs(meter.labels());
            counts.add(meter.name().replace("ackbox.whatsapp.", "") + labels);
        }

        @Override
        public void historyProgress(String phoneNumberId, int percent) {
            progress.add(phoneNumberId + " " + percent);
        }

        @Override
        public void put(String key, Instant time, byte[] value) {
            if (full) {
                throw new InboxUnavailableException("full");
            }
            AccountFact fact = SampleChanges.JSON.readValue(value, AccountFact.class);
            assertThat(fact.since()).isEqualTo(time);
            facts.add(fact);
        }

        @Override
        public List<LatestValue> all() {
            return List.of();
        }

        void clear() {
            counts.clear();
            progress.clear();
            facts.clear();
        }
    }

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.TRACE);
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    /** Handles each sample and then tells whether all is well. */
    private void eachSample(ThrowingConsumer<Sample> check) {
        assertThat(SampleChanges.typed()).hasSizeGreaterThan(200).allSatisfy(sample -> {
            lines.list.clear();
            recording.clear();
            check.accept(sample);
        });
    }

    @Test
    void eachFieldCountsAndLogsWithBoundedLabels() {
        eachSample(sample -> {
            handle(sample.bytes());
            String field = fieldOf(sample);
            assertThat(lines.list).singleElement().satisfies(line -> {
                assertThat(line.getFormattedMessage()).startsWith("Record 7 of endpoint default: " + field);
                assertThat(line.getLoggerName()).startsWith("dev.ackbox.watch." + field);
            });
            assertThat(recording.counts).allMatch(count -> count.matches("[a-z.]+\\[([a-z0-9_]+(, )?)*]"));
            boolean countsNothing = Set.of("standby/empty_object", "standby/minimal", "_dashboard_test/standby")
                    .contains(sample.body());
            assertThat(recording.counts.isEmpty())
                    .isEqualTo(countsNothing
                            || (sample.field().equals("history")
                                    && !sample.value().has("history")));
        });
    }

    @Test
    void nothingOfAUserIsLoggedOrCounted() {
        eachSample(sample -> {
            Set<String> contents = new TreeSet<>();
            collectTexts(sample.value(), contents);
            handle(sample.bytes());
            String shown =
                    lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList() + " " + recording.counts;
            assertThat(contents).noneMatch(shown::contains);
        });
    }

    @Test
    void whatIsNewIsCountedAsOther() {
        eachSample(sample -> {
            List<ObjectNode> objects = new ArrayList<>();
            collectObjects(sample.value(), objects);
            for (ObjectNode object : objects) {
                for (String name : List.of("type", "event", "status", "decision", "action", "value", "alert_type")) {
                    if (object.path(name).isString()) {
                        object.put(name, "Nadia +12065550177");
                    }
                }
            }
            handle(sample.bytes());
            assertThat(recording.counts).allMatch(count -> count.matches("[a-z.]+\\[([a-z0-9_]+(, )?)*]"));
            assertThat(lines.list.toString()).doesNotContain("Nadia").doesNotContain("12065550177");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            messages/text_full                          | DEBUG | messages[text]                            | type text
            messages/interactive_nfm_reply_flow         | DEBUG | messages[interactive]                     | type interactive
            messages/future_type                        | DEBUG | messages[other]                           | type other
            messages/status_failed_full                 | DEBUG | statuses[failed, 131049]                  | status failed, code 131049
            messages/status_payment_failed_full         | DEBUG | payments[failed, payu]                    | status failed, provider payu
            messages/errors_value                       | WARN | errors[messages, 130429]                  | code 130429. You have reached
            messages/user_actions_link_click            | DEBUG | user.actions[marketing_messages_link_click] | action marketing_messages_link_click
            account_alerts/full                         | WARN | account.alerts[critical, increased_capabilities_eligibility_need_more_info, active] | severity critical
            account_alerts/flat_older                   | WARN | account.alerts[warning, profile_picture_lost, active] | type profile_picture_lost
            account_alerts/minimal                      | INFO | account.alerts[informational, oba_approved, none] | type oba_approved
            account_review_update/full                  | WARN | account.reviews[rejected]                 | decision rejected. The account cannot send messages. Appeal
            account_review_update/minimal               | INFO | account.reviews[approved]                 | decision approved
            account_update/disabled_update              | WARN | account.bans[schedule_for_disable]        | state schedule_for_disable
            account_update/account_restriction_full     | WARN | account.restrictions[restricted_business_initiated_calling] | restriction restricted_business_initiated_calling, until 2026-11-23T03:33:20Z
            account_update/account_violation            | WARN | account.violations[alcohol]               | violation alcohol
            account_update/partner_added                | INFO | account.events[partner_added]             | event partner_added
            account_settings_update/minimal             | INFO | account.settings[phone_number_settings, disabled] | calling disabled
            business_capability_update/number_limit     | INFO | account.limits[tier_2k]                   | limit tier_2k
            business_status_update/full                 | WARN | business.status[compromised_notification] | change passwords
            business_username_updates/full              | INFO | usernames[approved]                       | status approved
            phone_number_name_update/full               | WARN | phone.number.names[rejected, name_format_unacceptable] | another display name
            phone_number_quality_update/full            | INFO | phone.number.limits[onboarding, tier_2k]  | limit tier_2k
            phone_number_quality_update/legacy_flagged  | WARN | phone.number.limits[flagged, tier_1k]     | event flagged
            security/pin_changed                        | WARN | security[pin_changed]                     | set a new PIN
            message_template_status_update/disabled     | WARN | templates[disabled, scam]                 | template 1488200337719054, event disabled, reason scam. You cannot send it
            message_template_status_update/minimal      | INFO | templates[approved, none]                 | event approved
            message_template_status_update/documented_slip_quality_body | INFO | template.quality[yellow, green] | from yellow, to green
            message_template_quality_update/full        | WARN | template.quality[green, red]              | from green, to red
            message_template_components_update/full     | INFO | template.edits[]                          | template 1488200337719054
            template_category_update/full_impending     | WARN | template.categories[announced, marketing] | stage announced, category marketing. You will pay
            template_category_update/full_completed     | WARN | template.categories[changed, marketing]   | stage changed, category marketing. Meta bills
            template_correct_category_detection/full    | WARN | template.categories[detected, marketing]  | stage detected, category marketing
            partner_solutions/full                      | WARN | partner.solutions[solution_updated, pending_deactivation] | Talk to the partner
            payment_configuration_update/full           | INFO | payment.configurations[payu, active]      | provider payu, status active
            flows/client_error_rate                     | WARN | flows[client_error_rate, activated]       | Fix the Flow
            flows/full_status_change                    | WARN | flows[flow_status_change, throttled]      | state throttled
            calls/terminate_failed                      | DEBUG | calls[terminate, business_initiated, failed, 138020] | outcome failed, code 138020
            calls/status_accepted_full                  | DEBUG | call.statuses[accepted]                   | status accepted
            group_lifecycle_update/create_failed        | WARN | groups[group_create, failed]              | code 131210
            group_status_update/minimal                 | WARN | groups[group_suspend, done]               | Nobody can write
            group_participants_update/minimal           | DEBUG | groups[group_participants_add, done]      | change group_participants_add, outcome done
            history/full                                | DEBUG | history.chunks[1]                         | phase 1, chunk 2, percent 80
            history/declined                            | WARN | errors[history, 2593109]                  | does not share
            smb_app_state_sync/minimal                  | DEBUG | contacts.synced[remove]                   | action remove
            smb_message_echoes/minimal                  | DEBUG | echoes[smb_message_echoes, text]          | type text
            message_echoes/full                         | DEBUG | echoes[message_echoes, interactive]       | type interactive
            user_preferences/minimal                    | DEBUG | preferences[marketing_messages, stop]     | category marketing_messages, choice stop
            automatic_events/full                       | DEBUG | automatic.events[purchase]                | event purchase
            tracking_events/full                        | DEBUG | tracking.events[delivered]                | event delivered
            messaging_handovers/minimal                 | DEBUG | handovers[control_passed, none]           | type control_passed
            messaging_handovers/full                    | DEBUG | handovers[control_taken, customer_service] | role customer_service
            standby/full                                | DEBUG | standby[echo]                             | standby of
            campaign_status_update/legacy               | INFO | campaigns[]                               | campaign_status_update of
            user_id_update/withdrawn                    | DEBUG | user.ids.changed[]                        | user_id_update of
            """)
    void eachTellsAnOperatorWhatMatters(String body, String level, String count, String line) throws Exception {
        handle(Payloads.read(body));
        assertThat(recording.counts).contains(count);
        assertThat(lines.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).hasToString(level);
            assertThat(event.getFormattedMessage()).contains(line);
        });
    }

    /** Words of which some are good news and some are not, each put in the place of another one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            account_update/disabled_update | SCHEDULE_FOR_DISABLE | REINSTATE | INFO | event disabled_update, state reinstate
            account_update/disabled_update | SCHEDULE_FOR_DISABLE | DISABLE | WARN | cannot send messages
            account_update/disabled_update | SCHEDULE_FOR_DISABLE | PUT_TO_SLEEP | WARN | event disabled_update, state other
            account_update/disabled_update | DISABLED_UPDATE | BAN_UPDATE | WARN | state schedule_for_disable
            account_update/account_restriction_full | ACCOUNT_RESTRICTION | ACCOUNT_LIMITED | WARN | until
            account_update/account_restriction_violation_only | CATEGORY_ABUSE_WARN | CATEGORY_ABUSE_UNBAN | INFO | direct_send_utility_category_abuse_unban
            account_update/account_restriction_violation_only | - | - | WARN | direct_send_utility_category_abuse_warn. Send only
            account_update/account_violation | - | - | WARN | Stop what violates
            account_update/partner_client_certification_status_update | - | - | WARN | status failed, reasons legal_name_not_matching and malformed_documents. Correct
            account_update/partner_client_certification_status_update | FAILED | REVOKED | WARN | status revoked
            account_update/partner_client_certification_status_update | FAILED | APPROVED | INFO | status approved
            account_update/partner_client_certification_status_update | FAILED | PENDING | INFO | status pending
            account_update/account_offboarded | - | - | WARN | reason primary_inactivity, by system. The phone number has left
            account_update/account_reconnected | - | - | INFO | account_reconnected
            account_update/partner_removed | - | - | WARN | account 211504987306412
            account_update/partner_removed | PARTNER_REMOVED | BUSINESS_VERIFICATION_NEEDED | WARN | error 131031
            account_alerts/full | CRITICAL | INFORMATIONAL | INFO | about phone_number 318840776125093
            account_alerts/full | ACTIVE | NONE | INFO | severity critical
            account_alerts/flat_older | - | - | WARN | Upload it again
            business_username_updates/full | "approved" | "deleted" | INFO | status deleted
            business_username_updates/full | "approved" | "deleted", "context": "revoked" | WARN | status deleted, context revoked. Meta has taken
            business_username_updates/full | "approved" | "approved", "context": "revoked" | WARN | status approved, context revoked. Meta has taken
            business_status_update/full | COMPROMISED_NOTIFICATION | REVIEWED | WARN | Business Support Home
            message_template_status_update/paused | FIRST_PAUSE | UNPAUSE | INFO | pause unpause
            message_template_status_update/paused | - | - | WARN | pause first_pause
            message_template_status_update/paused | PAUSED | REINSTATED | INFO | event reinstated
            message_template_status_update/paused | PAUSED | UNARCHIVED | INFO | event unarchived
            message_template_status_update/paused | PAUSED | FLAGGED | WARN | event flagged
            template_category_update/full_completed | "MARKETING" | "UTILITY" | INFO | category utility
            template_category_update/full_completed | - | - | WARN | category marketing
            partner_solutions/full | PENDING_DEACTIVATION | REJECTED | WARN | A partner declined
            partner_solutions/full | PENDING_DEACTIVATION | ACTIVE | INFO | status active
            flows/client_error_rate | ACTIVATED | DEACTIVATED | INFO | state deactivated
            flows/full_status_change | THROTTLED | PUBLISHED | INFO | state published
            phone_number_quality_update/legacy_flagged | FLAGGED | UNFLAGGED | INFO | event unflagged
            phone_number_quality_update/legacy_flagged | FLAGGED | DOWNGRADE | WARN | event downgrade
            phone_number_quality_update/legacy_flagged | FLAGGED | UPGRADE | INFO | event upgrade
            history/declined | 2593109 | 131000 | WARN | list of error codes
            messages/status_failed_full | 131049 | 131042 | WARN | payment method
            messages/status_failed_full | 131049 | 131026 | DEBUG | status failed, code 131026
            messages/errors_value | 130429 | 131057 | WARN | maintenance
            calls/terminate_failed | 138020 | 131044 | WARN | payment method
            group_settings_update/full_partial_failure | - | - | WARN | code 131210
            """)
    void eachWordIsTakenForWhatItIs(String body, String word, String other, String level, String line)
            throws Exception {
        String payload = text(body);
        assertThat(payload).contains(word.equals("-") ? "" : word);
        handle(payload.replace(word.equals("-") ? "\0" : word, other));
        assertThat(lines.list).singleElement().satisfies(event -> {
            assertThat(event.getFormattedMessage()).contains(line);
            assertThat(event.getLevel()).hasToString(level);
        });
    }

    @Test
    void eachAdviceIsASentence() {
        eachSample(sample -> {
            handle(sample.bytes());
            assertThat(lines.list)
                    .filteredOn(line -> line.getLevel() == Level.WARN)
                    .allSatisfy(line -> assertThat(line.getFormattedMessage()).matches(".*\\. [A-Z].*[a-z]\\.$"));
        });
    }

    @Test
    void theLevelOfAFieldCanBeSetAlone() throws Exception {
        Logger messages = (Logger) LoggerFactory.getLogger("dev.ackbox.watch.messages");
        messages.setLevel(Level.WARN);
        handle(Payloads.read("messages/text_full"));
        handle(Payloads.read("calls/terminate_failed"));
        messages.setLevel(null);
        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).contains("calls of"));
    }

    @Test
    void aFieldThatIsOffIsNeitherCountedNorLoggedNorKept() throws Exception {
        TableWatch others =
                new TableWatch(WatchTable.without(List.of("account_update")), recording, new AccountState(recording));
        handle(Payloads.read("account_update/account_restriction_full"), others);
        assertThat(recording.counts).isEmpty();
        assertThat(recording.facts).isEmpty();
        assertThat(lines.list).isEmpty();
        handle(Payloads.read("account_review_update/full"), others);
        assertThat(recording.counts).isNotEmpty();
    }

    @Test
    void theProgressOfAHistoryIsFollowed() throws Exception {
        handle(Payloads.read("history/full"));
        assertThat(recording.progress).containsExactly("318840776125093 80");
        assertThat(recording.counts).contains("history.messages[read]", "history.messages[error]");
    }

    @Test
    void theOperatorIsWarnedEvenWhenTheStateCannotBeStored() {
        recording.full = true;
        assertThatThrownBy(() -> handle(Payloads.read("account_update/disabled_update")))
                .isInstanceOf(InboxUnavailableException.class);
        assertThat(recording.counts).contains("account.bans[schedule_for_disable]");
        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getLevel()).isEqualTo(Level.WARN));
    }

    @Test
    void theStateIsTheSameTheSecondTime() {
        eachSample(sample -> {
            handle(sample.bytes());
            List<AccountFact> first = List.copyOf(recording.facts);
            recording.clear();
            handle(sample.bytes());
            assertThat(recording.facts).isEqualTo(first);
        });
    }

    @Test
    void noKindOfFactIsKeptThatTheTableDoesNotName() {
        Map<String, Set<String>> kinds =
                WatchTable.ROWS.stream().collect(Collectors.toMap(FieldRow::field, row -> row.kinds()));
        eachSample(sample -> {
            handle(sample.bytes());
            assertThat(recording.facts)
                    .filteredOn(AccountFact::holds)
                    .allSatisfy(fact -> assertThat(kinds.values()).anyMatch(names -> names.contains(fact.kind())));
        });
    }

    @Test
    void aRestrictionIsKept() throws Exception {
        handle(Payloads.read("account_update/account_restriction_full"));
        assertThat(recording.facts)
                .filteredOn(fact -> fact.kind().equals("restrictions"))
                .extracting(AccountFact::item)
                .containsExactly("RESTRICTED_BUSINESS_INITIATED_CALLING", "RESTRICTED_ADD_PHONE_NUMBER_ACTION");
        AccountFact restriction = fact("restrictions");
        assertThat(restriction.accountId()).isEqualTo("211504987306412");
        assertThat(restriction.subject()).isEqualTo(Subject.ACCOUNT);
        assertThat(restriction.since()).isEqualTo(Instant.ofEpochSecond(1_794_801_464));
        assertThat(restriction.details()).containsEntry("expiration", "2026-11-23T03:33:20Z");
    }

    @Test
    void whatIsSaidOfAPartnersClientIsKeptForTheClientsAccount() throws Exception {
        handle(Payloads.read("account_update/partner_added"));
        assertThat(fact("update").accountId()).isEqualTo("211504987306412");
    }

    /** The account whose number is used, and the one of the business, which may be others. */
    @Test
    void aVerificationThatIsNeededIsKeptForBothAccounts() throws Exception {
        handle(text("account_update/partner_removed").replace("PARTNER_REMOVED", "BUSINESS_VERIFICATION_NEEDED"));
        assertThat(recording.facts)
                .extracting(AccountFact::kind, AccountFact::accountId)
                .containsExactly(tuple("update", "508812340017765"), tuple("update", "211504987306412"));
    }

    @Test
    void aUsernameThatMetaTookAwayIsKeptAsSuch() throws Exception {
        handle(text("business_username_updates/full").replace("\"approved\"", "\"deleted\", \"context\": \"revoked\""));
        assertThat(fact("username").details())
                .containsEntry("context", "REVOKED")
                .containsEntry("status", "DELETED");
    }

    @Test
    void aTemplateIsKeptByItsId() throws Exception {
        handle(Payloads.read("message_template_status_update/full_rejected"));
        AccountFact status = fact("status");
        assertThat(status.subject()).isEqualTo(Subject.TEMPLATE);
        assertThat(status.subjectId()).isEqualTo("1488200337719054");
        assertThat(status.details())
                .containsAllEntriesOf(
                        Map.of("event", "REJECTED", "reason", "INVALID_FORMAT", "name", "parcel_update_v3"));
        assertThat(fact("category").details()).containsEntry("category", "MARKETING");
    }

    @Test
    void whatHasNoTimeCountsFromItsReceipt() throws Exception {
        handle(Payloads.read("business_status_update/minimal"));
        assertThat(fact("business").since()).isEqualTo(RECEIVED_AT);
    }

    @ParameterizedTest
    @ValueSource(longs = {99_999_999_999L, -31_557_014_167_219_200L, -1})
    void aTimeThatCannotBeDoesNotCount(long seconds) throws Exception {
        ObjectNode notification = (ObjectNode) SampleChanges.JSON.readTree(Payloads.read("account_review_update/full"));
        ((ObjectNode) notification.path("entry").path(0)).put("time", seconds);
        handle(SampleChanges.JSON.writeValueAsBytes(notification));
        assertThat(fact("review").since()).isEqualTo(RECEIVED_AT);
    }

    @Test
    void testNotificationsOfTheDashboardAreNotKept() {
        eachSample(sample -> {
            ((ObjectNode) sample.notification().path("entry").path(0)).put("id", "0");
            handle(sample.bytes());
            assertThat(recording.facts).isEmpty();
        });
    }

    @Test
    void whatIsNotTypedIsSaidToBe() throws Exception {
        handle(Payloads.read("_envelope/unknown_field"));
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage())
                    .contains("Record 7")
                    .contains("reason field")
                    .contains("/actuator/drift");
        });
    }

    @Test
    void aTestOfTheDashboardForUsersIsNoWarning() throws Exception {
        handle(Payloads.read("_dashboard_test/user"));
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.INFO);
            assertThat(line.getFormattedMessage()).contains("reason changed_fields");
        });
    }

    @ParameterizedTest
    @CsvSource({"_envelope/change_without_value, Include values", "_envelope/other_product, 'ackbox.objects'"})
    void theAdviceNamesTheSettingThatHelps(String body, String next) throws Exception {
        handle(Payloads.read(body));
        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).contains(next));
    }

    @Test
    void whatNamesOnlyAPortfolioIsNotKeptAsAnAccount() throws Exception {
        handle(Payloads.read("account_update/partner_client_certification_status_update"));
        assertThat(recording.facts).isEmpty();
        assertThat(recording.counts).contains("account.certifications[failed]");
    }

    @Test
    void newWordsAreKeptApart() throws Exception {
        handle(text("account_update/account_restriction_full")
                .replace("RESTRICTED_BUSINESS_INITIATED_CALLING", "RESTRICTED_STICKERS")
                .replace("RESTRICTED_ADD_PHONE_NUMBER_ACTION", "RESTRICTED_POLLS"));
        assertThat(recording.facts)
                .filteredOn(fact -> fact.kind().equals("restrictions"))
                .extracting(AccountFact::item)
                .containsExactly("RESTRICTED_STICKERS", "RESTRICTED_POLLS");
    }

    @Test
    void aLiftEndsTheRestriction() throws Exception {
        handle(text("account_update/account_restriction_violation_only")
                .replace("CATEGORY_ABUSE_WARN", "CATEGORY_ABUSE_UNBAN"));
        assertThat(recording.facts)
                .filteredOn(fact -> fact.details().isEmpty())
                .extracting(AccountFact::kind, AccountFact::item)
                .containsExactly(
                        tuple("violations", "DIRECT_SEND_UTILITY_CATEGORY_ABUSE_WARN"),
                        tuple("restrictions", "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES"));
        assertThat(recording.facts).hasSize(3);
    }

    @Test
    void aChangeOfCategoryEndsItsAnnouncement() throws Exception {
        handle(Payloads.read("template_category_update/full_impending"));
        assertThat(fact("category").details()).containsEntry("category", "UTILITY");
        assertThat(fact("announcedCategory").details())
                .containsEntry("category", "MARKETING")
                .containsEntry("from", "2026-11-17T03:33:20Z");
        recording.facts.clear();
        handle(Payloads.read("template_category_update/full_completed"));
        assertThat(fact("category").details()).containsEntry("category", "MARKETING");
        assertThat(fact("announcedCategory").details()).isEmpty();
        assertThat(fact("detectedCategory").details()).isEmpty();
    }

    @Test
    void aRejectedNameLeavesTheApprovedOne() throws Exception {
        handle(Payloads.read("phone_number_name_update/full"));
        assertThat(recording.facts).extracting(AccountFact::kind).containsExactly("nameReview");
        recording.facts.clear();
        handle(text("phone_number_name_update/full").replace("REJECTED", "APPROVED"));
        assertThat(recording.facts).extracting(AccountFact::kind).containsExactly("nameReview", "name");
    }

    @ParameterizedTest
    @CsvSource({
        "FLAGGED, limit quality",
        "UNFLAGGED, limit quality",
        "THROUGHPUT_UPGRADE, limit throughput",
        "UPGRADE, limit",
        "ONBOARDING, limit"
    })
    void anEventSpeaksOfWhatItIsAbout(String event, String kinds) throws Exception {
        handle(text("phone_number_quality_update/legacy_flagged").replace("FLAGGED", event));
        assertThat(recording.facts).extracting(AccountFact::kind).containsExactly(kinds.split(" "));
    }

    @Test
    void aNumberIsTheSameHoweverItIsFormatted() throws Exception {
        ObjectNode notification = (ObjectNode) SampleChanges.JSON.readTree(Payloads.read("security/pin_changed"));
        ObjectNode value = (ObjectNode) notification.at("/entry/0/changes/0/value");
        value.put("display_phone_number", "+1 206-555-0142");
        handle(SampleChanges.JSON.writeValueAsBytes(notification));
        assertThat(fact("security").subjectId()).isEqualTo("12065550142");
        assertThat(fact("security").details()).containsOnlyKeys("event");
    }

    @Test
    void aTextThatIsKeptIsNotOfAnyLength() throws Exception {
        handle(text("account_alerts/full").replace("More information", "More ".repeat(10_000)));
        assertThat(fact("alerts").details().get("description")).hasSize(501).endsWith("…");
    }

    @Test
    void aSettingThatFailedMakesTheChangeOfAGroupFail() throws Exception {
        ObjectNode notification =
                (ObjectNode) SampleChanges.JSON.readTree(Payloads.read("group_settings_update/full_partial_failure"));
        ((ObjectNode) notification.at("/entry/0/changes/0/value/groups/0")).remove("errors");
        handle(SampleChanges.JSON.writeValueAsBytes(notification));
        assertThat(recording.counts).containsExactly("groups[group_settings_update, failed]");
    }

    @Test
    void nothingIsPutTogetherForALevelThatIsOff() throws Exception {
        logger.setLevel(Level.OFF);
        handle(Payloads.read("messages/text_full"));
        assertThat(lines.list).isEmpty();
        assertThat(recording.counts).containsExactly("messages[text]");
    }

    private static String text(String body) {
        return new String(Payloads.read(body), StandardCharsets.UTF_8);
    }

    private void handle(String payload) throws Exception {
        handle(payload.getBytes(StandardCharsets.UTF_8));
    }

    private AccountFact fact(String kind) {
        return recording.facts.stream()
                .filter(fact -> fact.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /** The field whose type the sample's value has: an older form may come under another one. */
    private String fieldOf(Sample sample) throws Exception {
        return Fields.nameOf(reader.read(sample.bytes()).change().value().getClass());
    }

    private void handle(byte[] payload) throws Exception {
        handle(payload, watch);
    }

    private void handle(byte[] payload, Watch stage) throws Exception {
        InboxRecord received = new InboxRecord(
                new InboxRecordId(7),
                IdempotencyKey.of(0, new byte[20]),
                "default",
                "messages",
                Lane.CHANGES,
                0,
                RECEIVED_AT,
                payload,
                0,
                Set.of());
        stage.observe(received, reader.read(payload).change());
    }

    /** Texts that are not the platform's own words or ids: with a blank, a dot, a plus or many digits in them. */
    private static void collectTexts(JsonNode json, Set<String> texts) {
        for (Map.Entry<String, JsonNode> property : json.properties()) {
            String text = property.getValue().asString("");
            boolean platformsOwn = Set.of("flow_id", "solution_id", "phone_number_id", "entity_id", "waba_id")
                    .contains(property.getKey());
            if (property.getValue().isString()
                    && !platformsOwn
                    && (text.matches(".*[ .+@:{/].*") || text.matches(".*[0-9]{5}.*"))
                    && text.length() > 2) {
                texts.add(text);
            }
        }
        json.values().forEach(child -> collectTexts(child, texts));
    }

    private static void collectObjects(JsonNode json, List<ObjectNode> objects) {
        if (json instanceof ObjectNode object) {
            objects.add(object);
        }
        json.values().forEach(child -> collectObjects(child, objects));
    }
}
