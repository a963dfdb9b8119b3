package dev.ackbox.sample;

import static dev.ackbox.sample.Samples.buttonReply;
import static dev.ackbox.sample.Samples.call;
import static dev.ackbox.sample.Samples.failed;
import static dev.ackbox.sample.Samples.flowReply;
import static dev.ackbox.sample.Samples.image;
import static dev.ackbox.sample.Samples.listReply;
import static dev.ackbox.sample.Samples.numberChange;
import static dev.ackbox.sample.Samples.order;
import static dev.ackbox.sample.Samples.reaction;
import static dev.ackbox.sample.Samples.sample;
import static dev.ackbox.sample.Samples.status;
import static dev.ackbox.sample.Samples.templateButton;
import static dev.ackbox.sample.Samples.templateStatus;
import static dev.ackbox.sample.Samples.text;
import static dev.ackbox.sample.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SamplesTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOW = Instant.ofEpochSecond(1_795_000_000);

    private final SampleWriter writer = SampleWriter.withMessageIds();

    @Nested
    class Users {

        @Test
        void aNameIsAlwaysTheSameUser() {
            assertThat(user("Nadia")).isEqualTo(user("Nadia")).isNotEqualTo(user("Owen"));
            assertThat(user("Nadia").number()).matches("1[2-9][0-9]{2}55501[0-9]{2}");
            assertThat(user("Nadia").userId()).matches("US\\.[0-9]{19}");
        }

        @Test
        void aMessageComesFromItsUser() {
            JsonNode value = value(text("hello").from(user("Nadia")));

            assertThat(value.at("/messages/0/from").asString())
                    .isEqualTo(user("Nadia").number());
            assertThat(value.at("/messages/0/from_user_id").asString())
                    .isEqualTo(user("Nadia").userId());
            assertThat(value.at("/contacts/0/profile/name").asString()).isEqualTo("Nadia");
            assertThat(value.at("/contacts/0/wa_id").asString())
                    .isEqualTo(user("Nadia").number());
        }

        @Test
        void oneWithoutANumberIsKnownByTheIdAlone() {
            JsonNode value =
                    value(text("hello").from(user("Nadia").withUsername("nadia").withoutNumber()));

            assertThat(value.at("/messages/0").has("from")).isFalse();
            assertThat(value.at("/contacts/0").has("wa_id")).isFalse();
            assertThat(value.at("/messages/0/from_user_id").asString())
                    .isEqualTo(user("Nadia").userId());
            assertThat(value.at("/contacts/0/profile/username").asString()).isEqualTo("nadia");
        }

        @Test
        void oneFromBefore2026IsKnownByTheNumberAlone() {
            JsonNode value = value(text("hello").from(user("Nadia").withoutUserId()));

            assertThat(value.at("/messages/0").has("from_user_id")).isFalse();
            assertThat(value.at("/contacts/0").has("user_id")).isFalse();
            assertThat(value.at("/messages/0/from").asString())
                    .isEqualTo(user("Nadia").number());
        }

        @Test
        void aStatusGoesToItsUser() {
            JsonNode value = value(status("read").to(user("Nadia").withoutNumber()));

            assertThat(value.at("/statuses/0").has("recipient_id")).isFalse();
            assertThat(value.at("/statuses/0/recipient_user_id").asString())
                    .isEqualTo(user("Nadia").userId());
        }

        @Test
        void theDirectionIsChecked() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> status("read").from(user("Nadia")))
                    .withMessage("'status-read' comes from no user");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> text("hello").to(user("Nadia")))
                    .withMessage("'text' goes to no user");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> templateStatus("PAUSED").from(user("Nadia")))
                    .withMessage("'template-status' comes from no user");
        }

        @Test
        void areNotPrinted() {
            assertThat(user("Nadia")).hasToString("SampleUser");
            assertThat(text("secret").from(user("Nadia"))).hasToString("Sample[text]");
        }
    }

    @Nested
    class Contents {

        @Test
        void areWhatWasAskedFor() {
            assertThat(item(text("Grüße"), "/text/body")).isEqualTo("Grüße");
            assertThat(item(image(), "/type")).isEqualTo("image");
            assertThat(item(order("mug", 3), "/order/product_items/0/product_retailer_id"))
                    .isEqualTo("mug");
            assertThat(item(order("mug", 3), "/order/product_items/0/quantity")).isEqualTo("3");
            assertThat(item(buttonReply("yes", "Yes"), "/interactive/button_reply/id"))
                    .isEqualTo("yes");
            assertThat(item(listReply("noon", "12:00"), "/interactive/list_reply/title"))
                    .isEqualTo("12:00");
            assertThat(item(templateButton("stop", "Stop"), "/button/payload")).isEqualTo("stop");
            assertThat(item(flowReply(Map.of("guests", 2)), "/interactive/nfm_reply/response_json"))
                    .isEqualTo("{\"guests\":2}");
            assertThat(item(reaction("👍", "wamid.A"), "/reaction/message_id")).isEqualTo("wamid.A");
            assertThat(item(numberChange("12065550199"), "/system/wa_id")).isEqualTo("12065550199");
            assertThat(value(failed(131049)).at("/statuses/0/errors/0/code").asInt())
                    .isEqualTo(131049);
            assertThat(value(templateStatus("PAUSED")).path("event").asString()).isEqualTo("PAUSED");
            assertThat(value(call()).at("/calls/0/event").asString()).isEqualTo("connect");
        }

        @Test
        void anyPropertyMayBeSetOrLeftOut() {
            assertThat(item(text("hello").with("/referral/ctwa_clid", "c1"), "/referral/ctwa_clid"))
                    .isEqualTo("c1");
            assertThat(value(text("hello").without("/text")).at("/messages/0").has("text"))
                    .isFalse();
            assertThat(value(templateStatus("PAUSED").with("/reason", null))
                            .path("reason")
                            .isNull())
                    .isTrue();
            assertThatIllegalArgumentException().isThrownBy(() -> text("hello").with("", 1));
        }

        @Test
        void aMessageMayReplyAndStandInAGroup() {
            Sample sample = text("hello").repliesTo("wamid.A").inGroup("g1");

            assertThat(item(sample, "/context/id")).isEqualTo("wamid.A");
            assertThat(item(sample, "/group_id")).isEqualTo("g1");
        }

        @Test
        void aStatusInAGroupNamesTheParticipant() {
            JsonNode status =
                    value(status("read").inGroup("g1").to(user("Nadia"))).at("/statuses/0");

            assertThat(status.path("recipient_id").asString()).isEqualTo("g1");
            assertThat(status.path("recipient_type").asString()).isEqualTo("group");
            assertThat(status.path("recipient_participant_id").asString())
                    .isEqualTo(user("Nadia").number());
            assertThat(status.path("recipient_participant_user_id").asString())
                    .isEqualTo(user("Nadia").userId());
            assertThat(status.has("recipient_user_id")).isFalse();
        }

        @Test
        void aSampleIsFoundByItsNameOrItsField() {
            assertThat(sample("location").kind().name()).isEqualTo("location");
            assertThat(sample("account_review_update").kind().field()).isEqualTo("account_review_update");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sample("nonsense"))
                    .withMessageStartingWith("There is no sample 'nonsense', but text, image, ");
        }
    }

    @Nested
    class IdsAndTimes {

        @Test
        void eachMessageIsNew() {
            Sample hello = text("hello");

            assertThat(item(hello, "/id")).startsWith("wamid.").isNotEqualTo(item(hello, "/id"));
            assertThat(item(hello, "/timestamp")).isEqualTo("1795000000");
        }

        @Test
        void whatIsSetStays() {
            Sample hello = text("hello").withId("wamid.A").at(Instant.ofEpochSecond(1_700_000_000));

            assertThat(item(hello, "/id")).isEqualTo("wamid.A");
            assertThat(item(hello, "/timestamp")).isEqualTo("1700000000");
            assertThat(value(status("sent").of("wamid.A")).at("/statuses/0/id").asString())
                    .isEqualTo("wamid.A");
        }

        @Test
        void aTemplateStaysTheSameAndHasASecondOfItsOwn() {
            JsonNode first = entry(templateStatus("PAUSED"));
            JsonNode second = entry(templateStatus("PAUSED"));

            assertThat(first.at("/changes")).isEqualTo(second.at("/changes"));
            assertThat(second.path("time").asLong())
                    .isEqualTo(first.path("time").asLong() + 1);
        }

        @Test
        void idsOfMessagesAndStatusesAreNotMixedUp() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> status("read").withId("wamid.A"))
                    .withMessage("'status-read' has the id of a message: use of(...)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> text("hello").of("wamid.A"))
                    .withMessage("'text' is not the status of a message");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sample("account-review").withId("1"))
                    .withMessage("'account-review' has no id");
        }
    }

    @Nested
    class Notifications {

        @Test
        void samplesOfOneKindShareAChange() {
            JsonNode value = value(
                    text("one").from(user("Nadia")),
                    image().from(user("Nadia")),
                    text("two").from(user("Owen")));

            assertThat(value.path("messages")).hasSize(3);
            assertThat(value.path("contacts")).hasSize(2);
        }

        @Test
        void othersHaveAChangeEach() {
            JsonNode entry = entry(text("one"), status("read"), text("two"));

            assertThat(entry.path("changes")).hasSize(3);
        }

        @Test
        void areWrittenAsMetaDoes() {
            byte[] body = writer.write(List.of(text("ü/")), NOW);

            assertThat(new String(body, StandardCharsets.UTF_8)).isASCII().contains("\"\\u00fc\\/\"");
        }

        @Test
        void needASample() {
            assertThatIllegalArgumentException().isThrownBy(() -> writer.write(List.of(), NOW));
        }
    }

    private String item(Sample message, String pointer) {
        return value(message).at("/messages/0" + pointer).asString();
    }

    private JsonNode value(Sample... samples) {
        return entry(samples).at("/changes/0/value");
    }

    private JsonNode entry(Sample... samples) {
        return JSON.readTree(writer.write(List.of(samples), NOW)).at("/entry/0");
    }
}
