package dev.ackbox.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.FreePort;
import dev.ackbox.Payloads;
import dev.ackbox.sample.SampleKinds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Tag("socket")
class SimulateCommandTests {

    private static final String MESSAGES = "/entry/0/changes/0/value/messages";

    @Test
    void sendsOneTextMessageByDefault() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran ran = Ran.simulate(farSide);

            assertThat(ran.exitCode()).isZero();
            assertThat(farSide.notifications())
                    .singleElement()
                    .satisfies(notification ->
                            assertThat(text(notification, MESSAGES + "/0/type")).isEqualTo("text"));
        }
    }

    @Test
    void givesEachMessageAnIdAndTheCurrentTime() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            long before = Instant.now().getEpochSecond();
            Ran.simulate(farSide, "--count", "50");
            long after = Instant.now().getEpochSecond();

            assertThat(texts(farSide, MESSAGES + "/0/id"))
                    .hasSize(50)
                    .doesNotHaveDuplicates()
                    .allMatch(id -> id.startsWith("wamid."));
            assertThat(texts(farSide, MESSAGES + "/0/timestamp"))
                    .allSatisfy(time -> assertThat(Long.parseLong(time)).isBetween(before, after));
        }
    }

    @Test
    void variesTheUserAndNamesItsContact() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran.simulate(farSide, "--count", "50");

            assertThat(texts(farSide, MESSAGES + "/0/from")).doesNotHaveDuplicates();
            assertThat(farSide.notifications()).allSatisfy(notification -> {
                assertThat(text(notification, "/entry/0/changes/0/value/contacts/0/wa_id"))
                        .isEqualTo(text(notification, MESSAGES + "/0/from"));
                assertThat(text(notification, "/entry/0/changes/0/value/contacts/0/user_id"))
                        .isEqualTo(text(notification, MESSAGES + "/0/from_user_id"));
            });
        }
    }

    @Test
    void sendsTheTextAndNumberAskedFor() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran.simulate(farSide, "--text", "Grüße/💙", "--from", "+12065550123");

            assertThat(texts(farSide, MESSAGES + "/0/text/body")).containsExactly("Grüße/💙");
            assertThat(texts(farSide, MESSAGES + "/0/from")).containsExactly("12065550123");
        }
    }

    @Test
    void writesAsThePlatformDoes() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran.simulate(farSide, "--text", "ü/");

            assertThat(new String(farSide.bodies().get(0), StandardCharsets.UTF_8))
                    .isASCII()
                    .contains("\"\\u00fc\\/\"");
        }
    }

    @Test
    void putsABatchIntoOneNotification() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran.simulate(farSide, "--batch", "100", "--count", "2");

            assertThat(farSide.notifications()).hasSize(2).allSatisfy(notification -> {
                assertThat(notification.at(MESSAGES)).hasSize(100);
                assertThat(notification.at("/entry/0/changes/0/value/contacts")).hasSize(100);
            });
            assertThat(each(farSide, MESSAGES, "id")).hasSize(200);
        }
    }

    @Test
    void putsABatchWithoutArrayIntoSeveralChanges() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            long before = Instant.now().getEpochSecond();
            Ran.simulate(farSide, "--type", "template-status", "--batch", "20", "--count", "2");

            assertThat(farSide.notifications()).hasSize(2).allSatisfy(notification -> {
                assertThat(notification.at("/entry/0/changes")).hasSize(20);
                assertThat(notification.at("/entry/0/time").asLong()).isGreaterThanOrEqualTo(before);
                assertThat(notification
                                .at("/entry/0/changes/19/value/message_template_id")
                                .isIntegralNumber())
                        .isTrue();
            });
            assertThat(each(farSide, "/entry/0/changes", "value")).hasSize(40);
        }
    }

    @Test
    void mixesStatuses() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran.simulate(farSide, "--type", "status", "--batch", "3", "--count", "4", "--connections", "1");

            assertThat(each(farSide, "/entry/0/changes/0/value/statuses", "status"))
                    .containsExactlyInAnyOrder("sent", "delivered", "read", "played", "failed");
            assertThat(each(farSide, "/entry/0/changes/0/value/statuses", "id")).hasSize(12);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--type=image,status-read", "--type=image --type=status-read"})
    void typesTakeTurns(String types) throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran.simulate(farSide, (types + " --count=4 --connections=1").split(" "));

            assertThat(farSide.notifications())
                    .extracting(notification -> notification.at(MESSAGES).isArray())
                    .containsExactly(true, false, true, false);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 20, 20", "10, 20, 22", "50, 20, 30", "100, 20, 40"})
    void repeatsAShareByteForByte(int percent, int different, int all) throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran ran = Ran.simulate(farSide, "--count", "20", "--duplicates", Integer.toString(percent));

            assertThat(farSide.bodies()).hasSize(all);
            assertThat(Set.copyOf(texts(farSide, MESSAGES + "/0/id"))).hasSize(different);
            assertThat(ran.out())
                    .contains("Sent       %d notifications, %d of them for the second".formatted(all, all - different));
        }
    }

    @Test
    void sumsUp() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran ran = Ran.simulate(farSide, "--count", "30");

            assertThat(ran.out())
                    .containsPattern("Sent       30 notifications, 0 of them for the second time, in [0-9.]+ s\\R")
                    .containsPattern("Answers    200: 30\\R")
                    .containsPattern("Latency    p50 [0-9.]+ ms, p90 [0-9.]+ ms, p99 [0-9.]+ ms, max [0-9.]+ ms\\R")
                    .containsPattern("Rate       [0-9.]+ per second\\R")
                    .doesNotContain(FarSide.SECRET);
            assertThat(ran.err()).isEmpty();
        }
    }

    @Test
    void failsWhereNotAllAreAcknowledged() throws IOException {
        try (FarSide farSide = FarSide.start(request -> request % 3 == 0 ? 503 : 200)) {
            Ran ran = Ran.simulate(farSide, "--count", "9");

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.out()).contains("Answers    200: 6, 503: 3", "503: Ackbox could not store");
        }
    }

    @Test
    void takesNoOtherSuccessForAnAcknowledgement() throws IOException {
        try (FarSide farSide = FarSide.start(request -> 204)) {
            assertThat(Ran.simulate(farSide).exitCode()).isEqualTo(1);
        }
    }

    @Test
    void suggestsThatTheSecretDiffers() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran ran = Ran.simulate("--url", farSide.url(), "--secret", "another-one");

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.out()).contains("401: 1", "the secret differs").doesNotContain("another-one");
        }
    }

    @Test
    void asksWhetherAckboxIsRunningWhereTheConnectionIsRefused() throws IOException {
        int port = FreePort.find();

        Ran ran = Ran.simulate("--url", "http://localhost:" + port + "/webhooks/whatsapp", "--count", "3");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("connection refused: 3", "Is Ackbox running there?");
    }

    @Test
    void keepsWithinTheConnections() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran.simulate(farSide, "--count", "200", "--connections", "3");

            assertThat(farSide.mostAtOnce()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void sendsNoFasterThanTheRate() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            long start = System.nanoTime();
            Ran ran = Ran.simulate(farSide, "--count", "21", "--rate", "100");

            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThanOrEqualTo(200);
            assertThat(ran.exitCode()).isZero();
        }
    }

    @Test
    void sendsAtTheRateWhileNothingIsAnswered() throws IOException {
        CountDownLatch allThere = new CountDownLatch(20);
        try (FarSide farSide = FarSide.start(request -> {
            allThere.countDown();
            return await(allThere) ? 200 : 500;
        })) {
            Ran ran = Ran.simulate(farSide, "--count", "20", "--rate", "200");

            assertThat(ran.exitCode()).isZero();
        }
    }

    @Test
    void countsTheWaitForASlowAnswerAsLatencyOfThoseBehindIt() throws IOException {
        try (FarSide farSide = FarSide.start(request -> awaitMillis(request == 0 ? 300 : 0))) {
            Ran ran = Ran.simulate(farSide, "--count", "10", "--rate", "1000", "--connections", "1");

            // All were due within 9 ms, and the first was answered after 300.
            assertThat(latency(ran, "p50")).isGreaterThan(290);
        }
    }

    @Test
    void listsWhatItCanSend() {
        Ran ran = Ran.simulate("--list");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().lines()).hasSameSizeAs(SampleKinds.all());
        assertThat(ran.out())
                .containsPattern("template-status +message_template_status_update +a template was approved");
    }

    @Test
    void sendsAllTypesOfAField() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran.simulate(farSide, "--type", "message_template_status_update,account_alerts", "--count", "2");

            assertThat(texts(farSide, "/entry/0/changes/0/field"))
                    .containsExactlyInAnyOrder("message_template_status_update", "account_alerts");
        }
    }

    @Test
    void leavesTheNumberOut() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran.simulate(farSide, "--type", "text,status-read", "--count", "2", "--without-number");

            assertThat(farSide.bodies())
                    .extracting(body -> new String(body, StandardCharsets.UTF_8))
                    .allSatisfy(body -> assertThat(body).doesNotContain("\"from\"", "wa_id", "recipient_id"));
            assertThat(each(farSide, MESSAGES, "from_user_id")).hasSize(1);
        }
    }

    @Test
    void writesIntoAGroup() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran.simulate(farSide, "--type", "image,status-read", "--count", "2", "--group", "g1");

            assertThat(each(farSide, MESSAGES, "group_id")).containsExactly("g1");
            assertThat(each(farSide, "/entry/0/changes/0/value/statuses", "recipient_id"))
                    .containsExactly("g1");
        }
    }

    @Test
    void sendsTheStatusesOfAMessage() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran.simulate(farSide, "--type", "status", "--of", "wamid.A", "--count", "3", "--from", "12065550123");

            assertThat(each(farSide, "/entry/0/changes/0/value/statuses", "id")).containsExactly("wamid.A");
            assertThat(each(farSide, "/entry/0/changes/0/value/statuses", "status"))
                    .hasSize(3);
            assertThat(each(farSide, "/entry/0/changes/0/value/statuses", "recipient_id"))
                    .containsExactly("12065550123");
        }
    }

    @Test
    void sendsSystemMessages() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran.simulate(farSide, "--type", "system", "--count", "3");

            assertThat(texts(farSide, MESSAGES + "/0/system/type"))
                    .containsExactlyInAnyOrder(
                            "user_changed_number", "user_changed_user_id", "customer_identity_changed");
        }
    }

    @Nested
    class BodyFiles {

        @TempDir
        private Path directory;

        @Test
        void aFileIsSentAsItIs() throws IOException {
            byte[] body = Payloads.read("_envelope/escaped_wire_form");
            Path file = Files.write(directory.resolve("body.json"), body);
            try (FarSide farSide = FarSide.start()) {
                Ran ran = Ran.simulate(farSide, "--file", file.toString(), "--count", "2");

                assertThat(ran.exitCode()).isZero();
                assertThat(farSide.bodies()).hasSize(2).containsOnly(body);
            }
        }

        @Test
        void aFileMayBeSentWithFreshIds() throws IOException {
            Path file = Files.write(directory.resolve("body.json"), Payloads.read("messages/text_full"));
            try (FarSide farSide = FarSide.start()) {
                Ran.simulate(farSide, "--file", file.toString(), "--fresh-ids", "--count", "5");

                assertThat(each(farSide, MESSAGES, "id")).hasSize(5);
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"entry\": [} | is not JSON, see line 1, column 12",
                    "[1] | is not a JSON object",
                    "'' | is not a JSON object",
                })
        void refusesWhatIsNoNotification(String text, String message) throws IOException {
            Path file = Files.writeString(directory.resolve("body.json"), text);

            Ran ran = Ran.simulate("--file", file.toString());

            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.err()).contains("--file: " + file, message);
        }

        @Test
        void refusesFreshIdsWhereThereIsNothingToMakeNew() throws IOException {
            Path file = Files.writeString(directory.resolve("body.json"), "{}");

            Ran ran = Ran.simulate("--file", file.toString(), "--fresh-ids");

            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.err()).contains("cannot be sent with --fresh-ids. It has neither");
        }
    }

    @Nested
    class AsMeta {

        @Test
        void makesTheHandshakeFirst() throws IOException {
            try (FarSide farSide = FarSide.start()) {
                Ran ran = Ran.simulate(farSide, "--as-meta", "--verify-token", FarSide.VERIFY_TOKEN);

                assertThat(ran.exitCode()).isZero();
                assertThat(ran.out()).startsWith("Handshake  ok");
                Ran wrong = Ran.simulate(farSide, "--as-meta", "--verify-token", "another");
                assertThat(wrong.exitCode()).isEqualTo(1);
                assertThat(wrong.out()).contains("Handshake  it answers 403: the verify token differs");
                assertThat(farSide.bodies()).hasSize(1);
            }
        }

        @Test
        void sendsAgainWhatIsNotAnsweredWith200() throws IOException {
            try (FarSide farSide =
                    FarSide.start(request -> request < 12 ? new int[] {503, 201, 400}[request % 3] : 200)) {
                Ran ran = asMeta(farSide, "--count", "6", "--compress", "1000000");

                assertThat(ran.exitCode()).as(ran.out()).isZero();
                assertThat(ran.out())
                        .contains("6 notifications accepted, 6 of them by a retry; 0 given up; 12 retries");
                assertThat(Set.copyOf(texts(farSide, MESSAGES + "/0/id"))).hasSize(6);
            }
        }

        @Test
        void givesUpAfter7Days() throws IOException {
            try (FarSide farSide = FarSide.start(request -> 500)) {
                Ran ran = asMeta(farSide, "--compress", "10000000");

                assertThat(ran.exitCode()).isEqualTo(1);
                assertThat(ran.out()).contains("0 notifications accepted", "1 given up; 23 retries");
            }
        }

        @Test
        void sendsToAllAppsAgainWhereOneFails() throws IOException {
            try (FarSide farSide = FarSide.start();
                    FarSide other = FarSide.start(request -> request == 0 ? 500 : 200)) {
                Ran ran = asMeta(farSide, "--app", FarSide.SECRET + "=" + other.url(), "--compress", "1000000");

                assertThat(ran.exitCode()).isZero();
                assertThat(farSide.bodies()).hasSize(2);
                assertThat(other.bodies()).hasSize(2).contains(farSide.bodies().get(0));
            }
        }

        private static Ran asMeta(FarSide farSide, String... args) {
            return Ran.simulate(
                    farSide,
                    Stream.concat(Stream.of("--as-meta", "--verify-token", FarSide.VERIFY_TOKEN), Stream.of(args))
                            .toArray(String[]::new));
        }

        @Test
        void theScheduleIsMetasSevenDays() {
            RetrySchedule schedule = new RetrySchedule(1);

            assertThat(schedule.before(1)).contains(Duration.ZERO);
            assertThat(schedule.before(2)).contains(Duration.ofMinutes(1));
            assertThat(schedule.before(3)).contains(Duration.ofMinutes(2));
            assertThat(schedule.before(23)).contains(Duration.ofHours(12));
            assertThat(schedule.before(24)).isEmpty();
            assertThat(new RetrySchedule(60).before(2)).contains(Duration.ofSeconds(1));
        }
    }

    @Test
    void someAreOvertaken() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran.simulate(farSide, "--count", "10", "--reorder", "20", "--connections", "1", "--type", "text,image");

            assertThat(texts(farSide, MESSAGES + "/0/type"))
                    .hasSize(10)
                    .isNotEqualTo(List.of(
                            "text", "image", "text", "image", "text", "image", "text", "image", "text", "image"));
            assertThat(Set.copyOf(texts(farSide, MESSAGES + "/0/id"))).hasSize(10);
        }
    }

    @Test
    void makesNotificationsOfNearly3Megabytes() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran.simulate(farSide, "--batch", "680", "--text-length", "4096");

            assertThat(farSide.bodies().get(0).length).isBetween(2_700_000, 3_000_000);
        }
    }

    @Test
    void reportsTheDelayOfItsOwnScheduleApart() throws IOException {
        try (FarSide farSide = FarSide.start()) {
            Ran ran = Ran.simulate(farSide, "--count", "600", "--rate", "2000");

            assertThat(ran.out())
                    .containsPattern("Of which   p50 [0-9.]+ ms, p99 [0-9.]+ ms before the request went out");
            assertThat(farSide.bodies()).as("nothing of the warm-up").hasSize(600);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--type=tetx | there is no type or field 'tetx'; --list shows all of them",
                "--count=0 | --count must be at least 1, but was 0",
                "--count=x | '--count'",
                "--batch=0 | --batch must be between 1 and 1000, but was 0",
                "--batch=1001 | --batch must be between 1 and 1000, but was 1001",
                "--reorder=101 | --reorder must be from 0 to 100, but was 101",
                "--text-length=4097 | --text-length must be between 1 and 4096, but was 4097",
                "--compress=0 | --compress must be from 1 to 10000000",
                "--app=secret=nowhere | --app must be a secret",
                "--client-certificate=missing.pem | missing.pem cannot be read",
                "--duplicates=101 | --duplicates must be from 0 to 100, but was 101",
                "--rate=0 | --rate must be more than 0",
                "--rate=NaN | --rate must be more than 0",
                "--connections=0 | --connections must be between 1 and 10000, but was 0",
                "--url=localhost:8080 | --url must be a whole http or https URL",
                "--url=/webhooks | --url must be a whole http or https URL",
                "--secret= | --secret must not be empty",
                "--from=Nadia | --from must be a phone number",
                "--type=image --text=Hello | --text goes with --type text only",
                "--type=security --from=12065550123 | --from goes with a type that is about a user only",
                "--type=security --without-number | --without-number goes with a type that is about a user only",
                "--type=call --group=g1 | --group goes with messages and statuses only",
                "--group= | --group must not be empty",
                "--of=wamid.A | --of goes with statuses only",
                "--type=status --of= | --of must not be empty",
                "--fresh-ids | --fresh-ids goes with --file only",
                "--file=there/is/none.json | --file: there is no file there/is/none.json",
                "--file=pom.xml --type=text | --type describes samples and does not go with --file",
                "--file=pom.xml --batch=2 | --batch describes samples and does not go with --file",
                "--file=src | --file: src cannot be read",
                "--fields | Unknown option: '--fields'",
                "--colour=red | Unknown option: '--colour=red'",
            })
    void refusesWrongUsage(String args, String message) {
        Ran ran = Ran.simulate(args.split(" "));

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains(message);
    }

    private static String text(JsonNode notification, String pointer) {
        return notification.at(pointer).asString();
    }

    private static List<String> texts(FarSide farSide, String pointer) {
        return farSide.notifications().stream()
                .map(notification -> text(notification, pointer))
                .toList();
    }

    /** The different values of a property among the elements of an array, over all notifications. */
    private static Set<String> each(FarSide farSide, String array, String property) {
        Set<String> values = new HashSet<>();
        farSide.notifications().stream()
                .flatMap(notification ->
                        StreamSupport.stream(notification.at(array).spliterator(), false))
                .map(element -> element.path(property))
                .forEach(value -> values.add(value.isString() ? value.asString() : value.toString()));
        return values;
    }

    private static double latency(Ran ran, String percentile) {
        String after = ran.out().substring(ran.out().indexOf(percentile) + percentile.length());
        return Double.parseDouble(after.strip().split(" ", 2)[0]);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Answers late. */
    private static int awaitMillis(int millis) {
        CountDownLatch never = new CountDownLatch(1);
        try {
            return never.await(millis, TimeUnit.MILLISECONDS) ? 500 : 200;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return 500;
        }
    }
}
