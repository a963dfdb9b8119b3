package dev.ackbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.Payloads;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NotificationSplitterTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant RECEIVED_AT = Instant.parse("2026-11-22T10:00:00.123Z");

    @Nested
    class Splitting {

        static Stream<String> all() {
            return Payloads.all().stream();
        }

        @ParameterizedTest
        @MethodSource("all")
        void asManyItemsComeOutAsWentIn(String name) {
            byte[] body = Payloads.read(name);
            assertThat(split(body)).hasSize(Bodies.countItems(JSON.readTree(body)));
        }

        @ParameterizedTest
        @MethodSource("all")
        void aSingleItemIsKeptByteForByte(String name) {
            byte[] body = Payloads.read(name);
            List<NewRecord> records = split(body);
            if (records.size() == 1) {
                assertThat(records.get(0).payload()).isEqualTo(body);
            }
        }

        @ParameterizedTest
        @MethodSource("all")
        void eachPieceIsANotificationThatIsNotSplitAnyFurther(String name) {
            for (NewRecord piece : split(Payloads.read(name))) {
                List<NewRecord> again = split(piece.payload());
                assertThat(again).hasSize(1);
                assertThat(again.get(0).payload()).isEqualTo(piece.payload());
                assertThat(again.get(0).field()).isEqualTo(piece.field());
                assertThat(again.get(0).lane()).isEqualTo(piece.lane());
                assertThat(again.get(0).conversation()).isEqualTo(piece.conversation());
                // An error without a time is known by the notification that it came in.
                boolean error = value(JSON.readTree(piece.payload())).has("errors");
                if (!Bodies.isDashboardTest(name) && !error) {
                    assertThat(again.get(0).key()).isEqualTo(piece.key());
                }
            }
        }

        @Test
        void aNumberMayBeBeyondAllBounds() {
            String changes = "{\"entry\":[{\"changes\":[{\"field\":\"flows\",\"value\":{\"threshold\":%s}}]}]}";
            for (String number : List.of("1e99999999999", "-1e-99999999999", "9".repeat(2_000))) {
                assertThat(split(changes.formatted(number).getBytes(StandardCharsets.UTF_8)))
                        .hasSize(1);
            }
        }

        @Test
        void asManyAsThePlatformCouldSendAreSplit() {
            String contacts = IntStream.range(0, 20_000)
                    .mapToObj(
                            "{\"type\":\"contact\",\"contact\":{\"phone_number\":\"%d\"},\"action\":\"add\"}"
                                    ::formatted)
                    .collect(Collectors.joining(","));
            assertThat(split(entries(
                            "{\"id\":\"1\",\"changes\":[{\"field\":\"smb_app_state_sync\",\"value\":{\"state_sync\":["
                                    + contacts + "]}}]}")))
                    .hasSize(20_000);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"id\":\"1234567890\"}", "{\"changes\":[{\"field\":\"messages\"}]}"})
        void emptyOnesBeyondThatAreKeptWhole(String empty) {
            byte[] body = entries(String.join(",", Collections.nCopies(25_001, empty)));
            List<NewRecord> records = split(body);
            assertThat(records).hasSize(1);
            assertThat(records.get(0).payload()).isEqualTo(body);
            assertThat(split(entries(String.join(",", Collections.nCopies(25_000, empty)))))
                    .hasSize(25_000);
        }

        private static byte[] entries(String entries) {
            return ("{\"object\":\"whatsapp_business_account\",\"entry\":[" + entries + "]}")
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Test
        void aPieceKeepsItsEnvelopeAndItsSiblings() {
            JsonNode whole = JSON.readTree(Payloads.read("messages/several_messages_in_one_change"));
            List<NewRecord> pieces = split(Payloads.read("messages/several_messages_in_one_change"));
            JsonNode messages = value(whole).path("messages");
            for (int i = 0; i < pieces.size(); i++) {
                JsonNode piece = JSON.readTree(pieces.get(i).payload());
                assertThat(piece.path("object")).isEqualTo(whole.path("object"));
                assertThat(piece.path("entry").path(0).path("id"))
                        .isEqualTo(whole.path("entry").path(0).path("id"));
                assertThat(value(piece).path("metadata")).isEqualTo(value(whole).path("metadata"));
                assertThat(value(piece).path("messages").size()).isOne();
                assertThat(value(piece).path("messages").path(0)).isEqualTo(messages.path(i));
            }
        }

        @Test
        void messagesAndStatusesOfOneValueComeApart() {
            List<NewRecord> pieces = split(Payloads.read("messages/mixed_messages_and_statuses"));
            assertThat(pieces).extracting(NewRecord::lane).contains(Lane.CHANGES, Lane.STATUSES);
            for (NewRecord piece : pieces) {
                JsonNode value = value(JSON.readTree(piece.payload()));
                assertThat(value.has("messages")).isNotEqualTo(value.has("statuses"));
                assertThat(value.has(piece.kind())).isTrue();
            }
        }

        @Test
        void whatIsBetweenIsKeptAsItCame() {
            String first = "{\"id\":\"a\",\"n\":1.50e3,\"t\":\"\\u0065\\/ \\ud83c\\udf88\",\"n\":2,\"z\":\"\\u0000\"}";
            String second = "{ \"id\" : \"b\" }";
            List<NewRecord> pieces = split(messages(first + " ,\n" + second));
            assertThat(text(pieces.get(0))).contains(first);
            assertThat(text(pieces.get(1))).contains(second);
        }

        @Test
        void contactsGoWithTheMessagesOfTheirUsers() {
            List<NewRecord> pieces = split(
                    value(
                            "\"contacts\":[{\"wa_id\":\"2\",\"n\":\"two\"},{\"wa_id\":\"1\",\"n\":\"one\"},"
                                    + "{\"user_id\":\"US.3\",\"n\":\"three\"},{\"wa_id\":\"9\",\"n\":\"nobody\"}],\"messages\":"
                                    + "[{\"id\":\"a\",\"from\":\"1\"},{\"id\":\"b\",\"from\":\"2\"},{\"id\":\"c\",\"from_user_id\":\"US.3\"}]"));
            assertThat(pieces)
                    .extracting(NotificationSplitterTests::contactNames)
                    .containsExactly(List.of("one", "nobody"), List.of("two"), List.of("three"));
        }

        @Test
        void aSingleContactGoesWithEachMessage() {
            List<NewRecord> pieces = split(value("\"contacts\":[{\"wa_id\":\"551199\",\"n\":\"it\"}],"
                    + "\"messages\":[{\"id\":\"a\",\"from\":\"55199\"},{\"id\":\"b\",\"from\":\"55199\"}]"));
            assertThat(pieces)
                    .extracting(NotificationSplitterTests::contactNames)
                    .containsOnly(List.of("it"));
        }

        @Test
        void aThousandUpdatesDoNotGrowOutOfProportion() {
            String contacts = String.join(
                    ",",
                    IntStream.range(0, 1_000)
                            .mapToObj(i -> "{\"wa_id\":\"" + i + "\",\"n\":\"name of " + i + "\"}")
                            .toList());
            String messages = String.join(
                    ",",
                    IntStream.range(0, 1_000)
                            .mapToObj(
                                    i -> "{\"id\":\"m" + i + "\",\"from\":\"" + i + "\",\"text\":{\"body\":\"hello\"}}")
                            .toList());
            byte[] body = value("\"contacts\":[" + contacts + "],\"messages\":[" + messages + "]");
            List<NewRecord> pieces = split(body);
            assertThat(pieces).hasSize(1_000);
            assertThat(pieces.stream()
                            .mapToLong(piece -> piece.payload().length)
                            .sum())
                    .isLessThan(8L * body.length);
        }

        @Test
        void aLargeSiblingOfManyItemsKeepsTheChangeWhole() {
            String messages = String.join(
                    ",",
                    IntStream.range(0, 100)
                            .mapToObj(i -> "{\"id\":\"m" + i + "\"}")
                            .toList());
            byte[] body = value("\"new\":\"" + "x".repeat(100_000) + "\",\"messages\":[" + messages + "]");
            List<NewRecord> pieces = split(body);
            assertThat(pieces).hasSize(1);
            assertThat(pieces.get(0).payload()).contains("m99".getBytes(StandardCharsets.UTF_8));
        }

        @Test
        void whatIsNoArrayWhereOneIsExpectedIsNotLost() {
            List<NewRecord> pieces = split(value("\"contacts\":{\"wa_id\":\"1\"},\"errors\":{\"code\":1},"
                    + "\"messages\":[{\"id\":\"a\"},{\"id\":\"b\"}]"));
            assertThat(pieces)
                    .hasSize(2)
                    .allSatisfy(piece -> assertThat(text(piece))
                            .contains("\"contacts\":{\"wa_id\":\"1\"}")
                            .contains("\"errors\":{\"code\":1}"));
        }

        @Test
        void aNameThatStandsTwiceKeepsTheNotificationWhole() {
            byte[] body = value("\"messages\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"messages\":[{\"id\":\"c\"}]");
            assertThat(split(body)).hasSize(1);
            assertThat(split(body).get(0).payload()).isEqualTo(body);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "x", "{", "{}}", "{} {}", "[1,]", "\"\\ud83c", "nul", "{\"a\":1,}", "\uFEFF"})
        void whatIsNotJsonIsKeptAsItCame(String text) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            assertThat(split(body)).singleElement().satisfies(record -> {
                assertThat(record.field()).isEqualTo("unreadable");
                assertThat(record.payload()).isEqualTo(body);
            });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "null",
                    "1",
                    "[]",
                    "[{\"object\":\"whatsapp_business_account\"}]",
                    "{}",
                    "{\"entry\":null}",
                    "{\"entry\":{}}",
                    "{\"entry\":[]}",
                    "{\"entry\":[1]}",
                    "{\"entry\":[{\"changes\":{}}]}",
                    "{\"entry\":[{\"changes\":[]}]}"
                })
        void whatHasNoChangeIsKeptAsItCame(String text) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            assertThat(split(body)).singleElement().satisfies(record -> {
                assertThat(record.field()).isEqualTo("none");
                assertThat(record.payload()).isEqualTo(body);
            });
        }

        @Test
        void anEntryWithoutChangesBesideOthersIsNotLost() {
            byte[] body = "{\"entry\":[{\"id\":\"1\"},{\"id\":\"2\",\"changes\":[{\"field\":\"flows\",\"value\":{}}]}]}"
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(split(body)).extracting(NewRecord::field).containsExactly("none", "flows");
            assertThat(text(split(body).get(0))).isEqualTo("{\"entry\":[{\"id\":\"1\"}]}");
        }

        @Test
        void anythingThatIsCutOrChangedStillGivesRecords() {
            Random random = new Random(42);
            byte[] body = Payloads.read("_envelope/several_entries_and_changes");
            for (int i = 0; i < 20_000; i++) {
                byte[] changed = body.clone();
                for (int j = random.nextInt(4); j >= 0; j--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                assertThat(split(changed)).isNotEmpty();
            }
        }
    }

    @Nested
    class Keys {

        @Test
        void aMessageIsKnownByItsId() {
            assertThat(key("{\"id\":\"a\",\"timestamp\":\"1794817947\",\"type\":\"text\"}"))
                    .isEqualTo(key("{\"type\":\"other\",\"timestamp\":1794817947,\"id\":\"a\"}"))
                    .isNotEqualTo(key("{\"id\":\"b\",\"timestamp\":\"1794817947\",\"type\":\"text\"}"));
        }

        @Test
        void aMessageIsTheSameInAnotherBatch() {
            IdempotencyKey alone =
                    split(messages("{\"id\":\"a\",\"timestamp\":\"1\"}")).get(0).key();
            IdempotencyKey inBatch = split(messages("{\"id\":\"z\"},{\"id\":\"a\",\"timestamp\":\"1\"}"))
                    .get(1)
                    .key();
            assertThat(inBatch).isEqualTo(alone);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"id\":\"b\",\"status\":\"read\",\"timestamp\":\"1\",\"recipient_id\":\"2\"}",
                    "{\"id\":\"a\",\"status\":\"sent\",\"timestamp\":\"1\",\"recipient_id\":\"2\"}",
                    "{\"id\":\"a\",\"status\":\"read\",\"timestamp\":\"2\",\"recipient_id\":\"2\"}",
                    "{\"id\":\"a\",\"status\":\"read\",\"timestamp\":\"1\",\"recipient_id\":\"3\"}",
                    "{\"id\":\"a\",\"status\":\"read\",\"timestamp\":\"1\",\"recipient_id\":\"2\",\"recipient_participant_id\":\"4\"}"
                })
        void aStatusIsKnownByMessageWordTimeAndRecipient(String other) {
            IdempotencyKey key =
                    statusKey("{\"id\":\"a\",\"status\":\"read\",\"timestamp\":\"1\",\"recipient_id\":\"2\"}");
            assertThat(
                            statusKey(
                                    "{\"id\":\"a\",\"status\":\"read\",\"timestamp\":\"1\",\"recipient_id\":\"2\",\"pricing\":{}}"))
                    .isEqualTo(key);
            assertThat(statusKey(other)).isNotEqualTo(key);
        }

        @Test
        void aMessageAndAStatusWithOneIdDiffer() {
            assertThat(key("{\"id\":\"a\"}")).isNotEqualTo(statusKey("{\"id\":\"a\"}"));
        }

        @Test
        void twoTransactionsOfOnePaymentDiffer() {
            assertThat(statusKey("{\"id\":\"a\",\"status\":\"pending\",\"payment\":{\"transaction\":{\"id\":\"1\"}}}"))
                    .isNotEqualTo(statusKey(
                            "{\"id\":\"a\",\"status\":\"pending\",\"payment\":{\"transaction\":{\"id\":\"2\"}}}"));
        }

        @Test
        void anyOtherFieldIsKnownByItsContentWithEntryAndTime() {
            IdempotencyKey key = keyOf("7", "1", "{\"a\":1,\"b\":[\"\\u0041\"]}");
            assertThat(keyOf("7", "1", "{ \"b\" : [ \"A\" ], \"a\" : 1 }")).isEqualTo(key);
            assertThat(keyOf("8", "1", "{\"a\":1,\"b\":[\"A\"]}")).isNotEqualTo(key);
            assertThat(keyOf("7", "2", "{\"a\":1,\"b\":[\"A\"]}")).isNotEqualTo(key);
            assertThat(keyOf("7", "1", "{\"a\":1,\"b\":[\"B\"]}")).isNotEqualTo(key);
            assertThat(keyOf("7", "1", "{\"a\":\"1\",\"b\":[\"A\"]}")).isNotEqualTo(key);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"n\":0.12345678901234567891}",
                    "{\"n\":1e400}",
                    "{\"n\":2,\"n\":0.12345678901234567890}",
                })
        void contentThatDiffersALittleDiffers(String other) {
            assertThat(keyOf("1", "5", other)).isNotEqualTo(keyOf("1", "5", "{\"n\":0.12345678901234567890}"));
            assertThat(keyOf("1", "5", other)).isEqualTo(keyOf("1", "5", other));
            assertThat(keyOf("1", "5", "{\"n\":1e400}")).isNotEqualTo(keyOf("1", "5", "{\"n\":1e401}"));
        }

        @Test
        void endpointsAreApart() {
            byte[] body = Payloads.read("messages/text_full");
            assertThat(NotificationSplitter.split("one", body, RECEIVED_AT)
                            .get(0)
                            .newRecord()
                            .key())
                    .isNotEqualTo(NotificationSplitter.split("two", body, RECEIVED_AT)
                            .get(0)
                            .newRecord()
                            .key());
        }

        @Test
        void aKeyBeginsWithTheItemsTimeSoThatInsertsStayTogether() {
            String earlier = key("{\"id\":\"a\",\"timestamp\":\"1794817947\"}").toString();
            String later = key("{\"id\":\"b\",\"timestamp\":\"1794817948\"}").toString();
            assertThat(earlier).startsWith(String.format("%08x", 1_794_817_947)).isLessThan(later);
        }

        @Test
        void everyItemOfTheSamplesHasAKeyOfItsOwn() {
            for (String name : Payloads.all()) {
                assertThat(split(Payloads.read(name)))
                        .extracting(NewRecord::key)
                        .doesNotHaveDuplicates();
            }
        }

        @ParameterizedTest
        @MethodSource("dev.ackbox.intake.NotificationSplitterTests#dashboardTests")
        void dashboardTestsAreNeverTheSame(String name) {
            byte[] body = Payloads.read(name);
            assertThat(split(body).get(0).key()).isNotEqualTo(split(body).get(0).key());
        }

        @Test
        void aRedeliveryIsTheSame() {
            Payloads.all().stream()
                    .filter(name -> !Bodies.isDashboardTest(name))
                    .forEach(name -> assertThat(split(Payloads.read(name)))
                            .extracting(NewRecord::key)
                            .isEqualTo(split(Payloads.read(name)).stream()
                                    .map(NewRecord::key)
                                    .toList()));
        }

        private static IdempotencyKey key(String message) {
            return split(messages(message)).get(0).key();
        }

        private static IdempotencyKey statusKey(String status) {
            return split(value("\"statuses\":[" + status + "]")).get(0).key();
        }

        private static IdempotencyKey keyOf(String entry, String time, String value) {
            return split(("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"" + entry + "\",\"time\":"
                                    + time + ",\"changes\":[{\"field\":\"flows\",\"value\":" + value + "}]}]}")
                            .getBytes(StandardCharsets.UTF_8))
                    .get(0)
                    .key();
        }
    }

    static List<String> dashboardTests() {
        return Payloads.in("_dashboard_test");
    }

    @Nested
    class Conversations {

        @Test
        void aUserOfAPhoneNumberIsAConversation() {
            assertThat(
                            split(
                                    messages(
                                            "{\"id\":\"a\",\"from\":\"1\"},{\"id\":\"b\",\"from\":\"2\"},{\"id\":\"c\",\"from\":\"1\"}")))
                    .extracting(NewRecord::conversation)
                    .containsExactly("default/318/1", "default/318/2", "default/318/1");
        }

        @Test
        void aGroupIsAConversation() {
            assertThat(split(messages("{\"id\":\"a\",\"from\":\"1\",\"group_id\":\"g\"}"))
                            .get(0)
                            .conversation())
                    .isEqualTo("default/318/g");
        }

        @Test
        void aUserWithoutANumberIsKnownByTheirId() {
            assertThat(split(messages("{\"id\":\"a\",\"from_user_id\":\"US.1\"}"))
                            .get(0)
                            .conversation())
                    .isEqualTo("default/318/US.1");
        }

        @Test
        void statusesHaveALaneOfTheirOwn() {
            assertThat(split(value("\"statuses\":[{\"id\":\"a\",\"recipient_id\":\"1\"}]")))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.lane()).isEqualTo(Lane.STATUSES);
                        assertThat(record.conversation()).isEqualTo("default/318/1");
                    });
        }
    }

    private static List<NewRecord> split(byte[] body) {
        return NotificationSplitter.split("default", body, RECEIVED_AT).stream()
                .map(Item::newRecord)
                .toList();
    }

    private static byte[] messages(String messages) {
        return value("\"messages\":[" + messages + "]");
    }

    private static byte[] value(String members) {
        return ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"211\",\"changes\":[{\"field\":\"messages\","
                        + "\"value\":{\"metadata\":{\"phone_number_id\":\"318\"}," + members + "}}]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode value(JsonNode notification) {
        return notification.path("entry").path(0).path("changes").path(0).path("value");
    }

    private static String text(NewRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8);
    }

    private static List<String> contactNames(NewRecord record) {
        return value(JSON.readTree(record.payload()))
                .path("contacts")
                .valueStream()
                .map(contact -> contact.path("n").asString())
                .toList();
    }
}
