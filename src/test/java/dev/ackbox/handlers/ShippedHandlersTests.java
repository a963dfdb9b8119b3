package dev.ackbox.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ackbox.Payloads;
import dev.ackbox.SampleChanges;
import dev.ackbox.SampleChanges.Sample;
import dev.ackbox.handlers.Fact.Subject;
import dev.ackbox.model.Change;
import dev.ackbox.model.Value;
import dev.ackbox.model.json.ChangeReader;
import dev.ackbox.model.json.Fields;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ShippedHandlersTests {

    private static final Instant RECEIVED_AT = Instant.parse("2026-11-24T10:00:00Z");
    private static final ChangeContext CONTEXT = new ChangeContext(7, "key", "default", RECEIVED_AT, 1);

    private final ChangeReader reader = new ChangeReader();
    private static final Recording recording = new Recording();

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.ackbox.handlers");
    private static final ApplicationContextRunner context = new ApplicationContextRunner()
            .withBean(Recording.class, () -> recording)
            .withUserConfiguration(
                    HandlersConfiguration.class,
                    AccountHandlersConfiguration.class,
                    ConversationHandlersConfiguration.class);

    /** What one context made: starting one for each sample would take most of the time. */
    private static final Map<Class<?>, ChangeHandler<?>> handlers = new HashMap<>();

    /** Keeps what was counted, as {@code meter[label, label]}. */
    private static final class Recording implements PlatformObserver, AccountState {

        boolean full;
        final List<String> counts = new ArrayList<>();
        final List<String> progress = new ArrayList<>();
        final List<Fact> facts = new ArrayList<>();

        @Override
        public void counted(PlatformCount count, String... labels) {
            assertThat(labels).as(count.meter()).hasSameSizeAs(count.labels());
            counts.add(count.meter().replace("ackbox.whatsapp.", "") + List.of(labels));
        }

        @Override
        public void historyProgress(String phoneNumberId, int percent) {
            progress.add(phoneNumberId + " " + percent);
        }

        @Override
        public void keep(Fact fact) {
            if (full) {
                throw new IllegalStateException("full");
            }
            facts.add(fact);
        }

        void clear() {
            full = false;
            counts.clear();
            progress.clear();
            facts.clear();
        }
    }

    @BeforeAll
    static void start() {
        context.run(beans -> {
            assertThat(beans).hasNotFailed();
            beans.getBeansOfType(ChangeHandler.class)
                    .forEach((name, handler) -> handlers.put(
                            beans.getBeanFactory()
                                    .getMergedBeanDefinition(name)
                                    .getResolvableType()
                                    .as(ChangeHandler.class)
                                    .getGeneric()
                                    .resolve(),
                            handler));
        });
    }

    @BeforeEach
    void listen() {
        recording.clear();
        lines.start();
        logger.setLevel(Level.TRACE);
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    static List<Sample> samples() {
        return SampleChanges.typed();
    }

    @Test
    void eachFieldHasExactlyOne() {
        context.run(beans -> {
            for (String field : Fields.names()) {
                assertThat(handlerNames(valueType(field), beans.getBeanFactory()))
                        .as(field)
                        .hasSize(1);
            }
        });
    }

    static Stream<String> fields() {
        return samples().stream().map(Sample::field).distinct();
    }

    @ParameterizedTest
    @MethodSource("fields")
    void eachCanBeSwitchedOff(String field) {
        context.withPropertyValues("ackbox.handlers." + field.replace('_', '-') + ".enabled=false")
                .run(beans -> assertThat(handlerNames(valueType(field), beans.getBeanFactory()))
                        .isEmpty());
    }

    @Test
    void eachSwitchIsDescribed() throws Exception {
        String settings = Files.readString(Path.of("config/application.yml"));
        String metadata =
                Files.readString(Path.of("src/main/resources/META-INF/additional-spring-configuration-metadata.json"));
        for (String field : Stream.concat(fields(), Stream.of("unknown")).toList()) {
            String name = field.replace('_', '-');
            assertThat(settings).contains("#" + name + ".enabled: true\n");
            assertThat(metadata).contains("\"ackbox.handlers." + name + ".enabled\"");
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void eachCountsAndLogsWithBoundedLabels(Sample sample) throws Exception {
        handle(sample.bytes());
        assertThat(lines.list)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.getFormattedMessage())
                        .startsWith("Record 7 of endpoint default: " + sample.field()));
        assertThat(recording.counts).allMatch(count -> count.matches("[a-z.]+\\[([a-z0-9_]+(, )?)*]"));
        boolean countsNothing = Set.of("standby/empty_object", "standby/minimal", "_dashboard_test/standby")
                .contains(sample.body());
        assertThat(recording.counts.isEmpty())
                .isEqualTo(countsNothing
                        || (sample.field().equals("history") && !sample.value().has("history")));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void nothingOfAUserIsLoggedOrCounted(Sample sample) throws Exception {
        Set<String> contents = new TreeSet<>();
        collectTexts(sample.value(), contents);
        handle(sample.bytes());
        String shown =
                lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList() + " " + recording.counts;
        for (String content : contents) {
            assertThat(shown).doesNotContain(content);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsNewIsCountedAsOther(Sample sample) throws Exception {
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
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            messages/text_full                          | DEBUG | messages[text]                            | message of type text
            messages/interactive_nfm_reply_flow         | DEBUG | messages[interactive]                     | message of type interactive
            messages/future_type                        | DEBUG | messages[other]                           | message of type other
            messages/status_failed_full                 | INFO | statuses[failed, 131049]                  | status failed, error 131049
            messages/status_payment_failed_full         | INFO | payments[failed, payu]                    | payment failed
            messages/errors_value                       | WARN | errors[messages, 130429]                  | error 130429
            messages/user_actions_link_click            | INFO | user.actions[marketing_messages_link_click] | user action
            account_alerts/full                         | WARN | account.alerts[critical, increased_capabilities_eligibility_need_more_info, active] | critical alert
            account_alerts/flat_older                   | WARN | account.alerts[warning, profile_picture_lost, active] | profile_picture_lost
            account_alerts/minimal                      | INFO | account.alerts[informational, oba_approved, none] | oba_approved
            account_review_update/full                  | WARN | account.reviews[rejected]                 | appeal
            account_review_update/minimal               | INFO | account.reviews[approved]                 | approved
            account_update/disabled_update              | WARN | account.bans[schedule_for_disable]        | schedule_for_disable
            account_update/account_restriction_full     | WARN | account.restrictions[restricted_business_initiated_calling] | until 2026-11-23T03:33:20Z
            account_update/account_violation            | WARN | account.violations[alcohol]               | violation alcohol
            account_update/partner_added                | INFO | account.events[partner_added]             | partner_added
            account_settings_update/minimal             | INFO | account.settings[phone_number_settings, disabled] | calling is disabled
            business_capability_update/number_limit     | INFO | account.limits[tier_2k]                   | limit tier_2k
            business_status_update/full                 | WARN | business.status[compromised_notification] | change passwords
            business_username_updates/full              | INFO | usernames[approved]                       | approved
            phone_number_name_update/full               | WARN | phone.number.names[rejected, name_format_unacceptable] | another name
            phone_number_quality_update/full            | INFO | phone.number.limits[onboarding, tier_2k]  | limit tier_2k
            phone_number_quality_update/legacy_flagged  | WARN | phone.number.limits[flagged, tier_1k]     | flagged
            security/pin_changed                        | WARN | security[pin_changed]                     | set a new PIN
            message_template_status_update/disabled     | WARN | templates[disabled, scam]                 | template 1488200337719054 is disabled
            message_template_status_update/minimal      | INFO | templates[approved, none]                 | is approved
            message_template_status_update/documented_slip_quality_body | INFO | template.quality[yellow, green] | from yellow to green
            message_template_quality_update/full        | WARN | template.quality[green, red]              | from green to red
            message_template_components_update/full     | INFO | template.edits[]                          | was edited
            template_category_update/full_impending     | WARN | template.categories[announced, marketing] | will be marketing
            template_category_update/full_completed     | WARN | template.categories[changed, marketing]   | is now marketing
            template_correct_category_detection/full    | WARN | template.categories[detected, marketing]  | taken for marketing
            partner_solutions/full                      | WARN | partner.solutions[solution_updated, pending_deactivation] | talk to the partner
            payment_configuration_update/full           | INFO | payment.configurations[payu, active]      | active
            flows/client_error_rate                     | WARN | flows[client_error_rate, activated]       | mend the flow
            flows/full_status_change                    | WARN | flows[flow_status_change, throttled]      | throttled
            calls/terminate_failed                      | INFO | calls[terminate, business_initiated, failed, 138020] | outcome failed, error 138020
            calls/status_accepted_full                         | INFO | call.statuses[accepted]                   | status accepted
            group_lifecycle_update/create_failed        | WARN | groups[group_create, failed]              | error 131210
            group_status_update/minimal                 | WARN | groups[group_suspend, done]               | Nobody can write
            group_participants_update/minimal           | INFO | groups[group_participants_add, done]      | group_participants_add
            history/full                                | INFO | history.chunks[1]                         | phase 1, chunk 2, 80 %
            history/declined                            | WARN | errors[history, 2593109]                  | did not share
            smb_app_state_sync/minimal                  | INFO | contacts.synced[remove]                   | contact remove
            smb_message_echoes/minimal                  | DEBUG | echoes[smb_message_echoes, text]          | type text
            message_echoes/full                         | DEBUG | echoes[message_echoes, interactive]       | type interactive
            user_preferences/minimal                    | INFO | preferences[marketing_messages, stop]     | marketing_messages: stop
            automatic_events/full                       | INFO | automatic.events[purchase]                | purchase
            tracking_events/full                        | INFO | tracking.events[delivered]                | delivered
            messaging_handovers/minimal                 | INFO | handovers[control_passed, none]           | control_passed
            messaging_handovers/full                    | INFO | handovers[control_taken, customer_service] | to customer_service
            standby/full                                | INFO | standby[echo]                             | another owner
            campaign_status_update/legacy               | INFO | campaigns[]                               | campaign
            user_id_update/withdrawn                    | INFO | user.ids.changed[]                        | id changed
            """)
    void eachTellsAnOperatorWhatMatters(String body, String level, String count, String line) throws Exception {
        handle(Payloads.read(body));
        assertThat(recording.counts).contains(count);
        assertThat(lines.list).anySatisfy(event -> {
            assertThat(event.getLevel()).hasToString(level);
            assertThat(event.getFormattedMessage()).contains(line);
        });
    }

    /** Words of which some are good news and some are not, each put in the place of another one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            account_update/disabled_update | SCHEDULE_FOR_DISABLE | REINSTATE | INFO | disabled_update, reinstate
            account_update/disabled_update | SCHEDULE_FOR_DISABLE | DISABLE | WARN | nothing can be sent
            account_update/disabled_update | SCHEDULE_FOR_DISABLE | PUT_TO_SLEEP | WARN | disabled_update, other
            account_update/disabled_update | DISABLED_UPDATE | BAN_UPDATE | WARN | schedule_for_disable
            account_update/account_restriction_full | ACCOUNT_RESTRICTION | ACCOUNT_LIMITED | WARN | until
            account_update/account_restriction_violation_only | CATEGORY_ABUSE_WARN | CATEGORY_ABUSE_UNBAN | INFO | direct_send_utility_category_abuse_unban
            account_update/account_restriction_violation_only | - | - | WARN | direct_send_utility_category_abuse_warn
            account_update/partner_client_certification_status_update | - | - | WARN | failed: legal_name_not_matching, malformed_documents
            account_update/partner_client_certification_status_update | FAILED | REVOKED | WARN | revoked
            account_update/partner_client_certification_status_update | FAILED | APPROVED | INFO | approved
            account_update/partner_client_certification_status_update | FAILED | PENDING | INFO | pending
            account_update/account_offboarded | - | - | WARN | primary_inactivity by system
            account_update/account_reconnected | - | - | INFO | account_reconnected
            account_update/partner_removed | - | - | WARN | account 211504987306412
            account_alerts/full | CRITICAL | INFORMATIONAL | INFO | phone_number 318840776125093
            account_alerts/full | ACTIVE | NONE | INFO | critical alert
            account_alerts/flat_older | - | - | WARN | Upload the picture again
            business_status_update/full | COMPROMISED_NOTIFICATION | REVIEWED | WARN | Business Support Home
            message_template_status_update/paused | FIRST_PAUSE | UNPAUSE | INFO | unpause
            message_template_status_update/paused | - | - | WARN | first_pause
            message_template_status_update/paused | PAUSED | REINSTATED | INFO | is reinstated
            message_template_status_update/paused | PAUSED | UNARCHIVED | INFO | is unarchived
            message_template_status_update/paused | PAUSED | FLAGGED | WARN | is flagged
            template_category_update/full_completed | "MARKETING" | "UTILITY" | INFO | is now utility
            template_category_update/full_completed | - | - | WARN | is now marketing
            partner_solutions/full | PENDING_DEACTIVATION | REJECTED | WARN | A partner declined
            partner_solutions/full | PENDING_DEACTIVATION | ACTIVE | INFO | is active
            flows/client_error_rate | ACTIVATED | DEACTIVATED | INFO | deactivated
            flows/full_status_change | THROTTLED | PUBLISHED | INFO | published
            phone_number_quality_update/legacy_flagged | FLAGGED | UNFLAGGED | INFO | unflagged
            phone_number_quality_update/legacy_flagged | FLAGGED | DOWNGRADE | WARN | downgrade
            phone_number_quality_update/legacy_flagged | FLAGGED | UPGRADE | INFO | upgrade
            history/declined | 2593109 | 131000 | WARN | list of error codes
            messages/status_failed_full | 131049 | 131042 | WARN | payment method
            messages/status_failed_full | 131049 | 131026 | INFO | status failed, error 131026
            messages/errors_value | 130429 | 131057 | WARN | by itself
            calls/terminate_failed | 138020 | 131044 | WARN | payment method
            group_settings_update/full_partial_failure | - | - | WARN | error 131210
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
    void theProgressOfAHistoryIsFollowed() throws Exception {
        handle(Payloads.read("history/full"));
        assertThat(recording.progress).containsExactly("318840776125093 80");
        assertThat(recording.counts).contains("history.messages[read]", "history.messages[error]");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatCouldNotBeKeptIsNotCountedYet(Sample sample) throws Exception {
        recording.full = true;
        try {
            handle(sample.bytes());
        } catch (IllegalStateException ex) {
            assertThat(recording.counts).isEmpty();
            assertThat(lines.list).isEmpty();
        }
    }

    @Test
    void aRestrictionIsKept() throws Exception {
        handle(Payloads.read("account_update/account_restriction_full"));
        assertThat(recording.facts)
                .filteredOn(fact -> fact.aspect().equals("restrictions"))
                .extracting(Fact::item)
                .containsExactly("RESTRICTED_BUSINESS_INITIATED_CALLING", "RESTRICTED_ADD_PHONE_NUMBER_ACTION");
        Fact restriction = fact("restrictions");
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

    @Test
    void aTemplateIsKeptByItsId() throws Exception {
        handle(Payloads.read("message_template_status_update/full_rejected"));
        Fact status = fact("status");
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

    @ParameterizedTest
    @MethodSource("samples")
    void testNotificationsOfTheDashboardAreNotKept(Sample sample) throws Exception {
        ((ObjectNode) sample.notification().path("entry").path(0)).put("id", "0");
        handle(sample.bytes());
        assertThat(recording.facts).isEmpty();
    }

    @Test
    void whatIsNotTypedIsSaidToBe() throws Exception {
        handle(Payloads.read("_envelope/unknown_field"));
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage())
                    .contains("Record 7")
                    .contains("not typed (FIELD)")
                    .contains("/actuator/drift");
        });
    }

    @ParameterizedTest
    @CsvSource({"_envelope/change_without_value, Include values", "_envelope/other_product, callback URL of its own"})
    void whatTheAppsSettingsCanMendIsSaid(String body, String next) throws Exception {
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
                .filteredOn(fact -> fact.aspect().equals("restrictions"))
                .extracting(Fact::item)
                .containsExactly("RESTRICTED_STICKERS", "RESTRICTED_POLLS");
    }

    @Test
    void aLiftEndsTheRestriction() throws Exception {
        handle(text("account_update/account_restriction_violation_only")
                .replace("CATEGORY_ABUSE_WARN", "CATEGORY_ABUSE_UNBAN"));
        assertThat(recording.facts)
                .filteredOn(fact -> fact.details().isEmpty())
                .extracting(Fact::aspect, Fact::item)
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
        assertThat(recording.facts).extracting(Fact::aspect).containsExactly("nameReview");
        recording.facts.clear();
        handle(text("phone_number_name_update/full").replace("REJECTED", "APPROVED"));
        assertThat(recording.facts).extracting(Fact::aspect).containsExactly("nameReview", "name");
    }

    @ParameterizedTest
    @CsvSource({
        "FLAGGED, limit quality",
        "UNFLAGGED, limit quality",
        "THROUGHPUT_UPGRADE, limit throughput",
        "UPGRADE, limit",
        "ONBOARDING, limit"
    })
    void anEventSpeaksOfWhatItIsAbout(String event, String aspects) throws Exception {
        handle(text("phone_number_quality_update/legacy_flagged").replace("FLAGGED", event));
        assertThat(recording.facts).extracting(Fact::aspect).containsExactly(aspects.split(" "));
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

    private Fact fact(String aspect) {
        return recording.facts.stream()
                .filter(fact -> fact.aspect().equals(aspect))
                .findFirst()
                .orElseThrow();
    }

    private void handle(byte[] payload) throws Exception {
        Change<?> change = reader.read(payload).change();
        call(handlers.get(change.value().getClass()), change);
    }

    @SuppressWarnings("unchecked") // found by the type of the value
    private static void call(ChangeHandler<?> handler, Change<?> change) throws Exception {
        ((ChangeHandler<Value>) handler).handle((Change<Value>) change, CONTEXT);
    }

    private static Class<?> valueType(String field) {
        return Fields.typeOf(field);
    }

    private static List<String> handlerNames(Class<?> type, Object beanFactory) {
        return List.of(((DefaultListableBeanFactory) beanFactory)
                .getBeanNamesForType(ResolvableType.forClassWithGenerics(ChangeHandler.class, type)));
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
