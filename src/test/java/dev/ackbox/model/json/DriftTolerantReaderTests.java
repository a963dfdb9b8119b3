package dev.ackbox.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ackbox.Payloads;
import dev.ackbox.SampleChanges;
import dev.ackbox.SampleChanges.Sample;
import dev.ackbox.model.Change;
import dev.ackbox.model.Value;
import dev.ackbox.model.history.HistoryValue;
import dev.ackbox.model.json.ModelRecords.Place;
import dev.ackbox.model.json.UnknownPart.Kind;
import dev.ackbox.model.messages.Content;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.MessagesValue;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A part of a value that drifts away from its type hides none of the rest, and never goes unreported. */
class DriftTolerantReaderTests {

    private static final String UNFIT = " is missing or does not fit";

    /** Which of two fields this is about depends on its properties. */
    private static final String AMBIGUOUS = "message_template_status_update/documented_slip_quality_body";

    private static final ChangeReader READER = new ChangeReader();

    /** Every place in each sample that has a type and something in it, containers included. */
    private static final Map<Sample, List<JsonPointer>> PLACES = new LinkedHashMap<>();

    @BeforeAll
    static void collectPlaces() throws Exception {
        for (Sample sample : SampleChanges.typed()) {
            if (!sample.body().equals(AMBIGUOUS)) {
                List<JsonPointer> places = new ArrayList<>();
                collect(sample, sample.value(), JsonPointer.empty(), places);
                PLACES.put(sample, places);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            value = {
                "messages/image_full; /messages/0/image/sha256; {\"hash\":\"a\"}; value.messages[].image.sha256",
                "messages/text_full; /messages/0/timestamp; \"1794800000.25\"; value.messages[].timestamp",
                "messages/text_full; /messages/0/context/forwarded; \"1\"; value.messages[].context.forwarded",
                "messages/text_full; /contacts/0/profile; \"Nadia\"; value.contacts[].profile",
                "messages/text_full; /messages/0/text/body; {\"text\":\"a\"}; value.messages[].text.body",
                "messages/status_failed_full; /statuses/0/errors/0/code; \"E131049\"; value.statuses[].errors[].code",
                "messages/status_failed_full; /statuses/0/errors; [\"E131049\"]; value.statuses[].errors[]",
                "messages/order_full; /messages/0/order/product_items/0/quantity; \"two\";"
                        + " value.messages[].order.product_items[].quantity",
                "account_update/account_restriction_full; /restriction_info/0/expiration; \"April 17, 2027\";"
                        + " value.restriction_info[].expiration",
                "flows/client_error_rate; /error_rate; \"a lot\"; value.error_rate",
                "calls/terminate_completed; /calls/0/status; [\"COMPLETED\",\"FAILED\"]; value.calls[].status"
            })
    void theRestIsTypedAndTheDriftIsReported(String body, String at, String drift, String path) throws Exception {
        ReadChange before = READER.read(Payloads.read(body));
        Sample sample = sample(body);
        set(sample, JsonPointer.compile(at), SampleChanges.JSON.readTree(drift));
        ReadChange read = READER.read(sample.bytes());
        assertThat(read.change().value()).hasSameClassAs(before.change().value());
        assertThat(read.unknown()).singleElement().satisfies(part -> {
            assertThat(part.kind()).isEqualTo(Kind.MISFIT);
            assertThat(part.path()).isEqualTo(path);
        });
        assertThat(read.change().json().at(at)).isEqualTo(SampleChanges.JSON.readTree(drift));
    }

    @Test
    void aLeafOrAnObjectInAnArrayOfOneIsRead() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Sample sample : PLACES.keySet()) {
            Object value = READER.read(sample.bytes()).change().value();
            for (JsonPointer place : PLACES.get(sample)) {
                if (!isElement(place) && !(at(sample, place) instanceof ArrayNode)) {
                    Sample wrapped = sample.copy();
                    ArrayNode array = SampleChanges.JSON.createArrayNode();
                    set(wrapped, place, array.add(at(sample, place)));
                    softly.assertThat(READER.read(wrapped.bytes()).change().value())
                            .as(sample + " " + place)
                            .isEqualTo(value);
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void whateverDriftsIsAbsentAndReportedAndTheRestEqual() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Sample sample : PLACES.keySet()) {
            for (JsonPointer place : PLACES.get(sample)) {
                if (!(at(sample, place) instanceof ArrayNode)) {
                    drift(sample, place, softly);
                }
            }
        }
        softly.assertAll();
    }

    private void drift(Sample sample, JsonPointer place, SoftAssertions softly) throws Exception {
        Sample drifted = sample.copy();
        JsonNode drift = at(sample, place).isObject()
                ? SampleChanges.JSON.getNodeFactory().stringNode("drift")
                : SampleChanges.JSON.createObjectNode().put("a", 1);
        set(drifted, place, drift);
        Sample without = sample.copy();
        remove(without, place);
        String path = pathOf(place);
        Object expected = outcome(without);
        Object actual = outcome(drifted);
        String what = sample + " " + place;
        if (actual instanceof String lacking) {
            softly.assertThat(lacking).as(what).endsWith(UNFIT);
            softly.assertThat(path).as(what).startsWith(lacking.replace(UNFIT, ""));
        } else {
            softly.assertThat(((ReadChange) actual).change().value())
                    .as(what)
                    .isEqualTo(((ReadChange) expected).change().value());
            softly.assertThat(((ReadChange) actual).unknown())
                    .as(what)
                    .filteredOn(part -> part.kind() == Kind.MISFIT)
                    .extracting(UnknownPart::path)
                    .contains(path);
        }
    }

    @Test
    void aRecordWithoutItsCoreIsUnreadableOrAbsentAndSaysWhere() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Place place : ModelRecords.places()) {
            if (place.isCore()) {
                ObjectNode json = ModelRecords.smallest(place.type());
                json.remove(place.name());
                Reading reading = new Reading();
                if (Value.class.isAssignableFrom(place.type())) {
                    softly.assertThatThrownBy(
                                    () -> new Shapes().of(place.type()).read(json, reading))
                            .isInstanceOf(UnreadablePayloadException.class)
                            .hasMessage(place.name() + UNFIT);
                } else {
                    softly.assertThat((Object) new Shapes().of(place.type()).read(json, reading))
                            .as(place.toString())
                            .isNull();
                    softly.assertThat(reading.unknown())
                            .containsExactly(new UnknownPart(Kind.MISFIT, place.name(), "missing"));
                }
            }
        }
        softly.assertAll();
    }

    /** Besides the elements that only belong to an item or to the value. */
    @Test
    void noItemOfAValueIsLeftOut() throws Exception {
        Set<String> leftOut = new TreeSet<>();
        for (Place place : ModelRecords.places()) {
            if (Value.class.isAssignableFrom(place.type()) && place.component().type() == List.class) {
                ObjectNode json = ModelRecords.smallest(place.type());
                json.putArray(place.name()).addArray();
                Reading reading = new Reading();
                try {
                    new Shapes().of(place.type()).read(json, reading);
                    assertThat(reading.unknown())
                            .containsExactly(new UnknownPart(Kind.MISFIT, place.name() + "[]", "array"));
                    leftOut.add(place.toString());
                } catch (UnreadablePayloadException ex) {
                    assertThat(ex).hasMessage(place.name() + "[]" + UNFIT);
                }
            }
        }
        assertThat(leftOut)
                .filteredOn(place -> !place.endsWith(".contacts") && !place.endsWith(".errors"))
                .containsExactly(
                        "AccountUpdateValue.restrictionInfo",
                        "CampaignStatusValue.pausedReasons",
                        "HistoryValue.history",
                        "TemplateComponentsValue.buttons");
    }

    @Test
    void aPropertyThatIsLeftOutIsAbsentOrNamedAsMissing() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Sample sample : PLACES.keySet()) {
            for (JsonPointer place : PLACES.get(sample)) {
                Sample without = sample.copy();
                remove(without, place);
                Object left = outcome(without);
                if (left instanceof String lacking) {
                    // the only element of a list that is nothing without it
                    softly.assertThat(lacking)
                            .as(sample + " " + place)
                            .isEqualTo(pathOf(place).replaceFirst("contacts\\[]$", "contacts") + UNFIT);
                } else {
                    softly.assertThat(((ReadChange) left).change().field()).isEqualTo(sample.field());
                }
            }
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "messages/text_full; /messages/0/id; value.messages[].id",
                "messages/text_full; /messages/0/type; value.messages[].type",
                "messages/text_full; /messages/0; value.messages[]",
                "calls/terminate_completed; /metadata/phone_number_id; value.metadata.phone_number_id",
                "messages/status_read_full; /statuses/0/status; value.statuses[].status",
                "calls/terminate_completed; /calls/0/event; value.calls[].event",
                "message_template_status_update/paused; /message_template_name; value.message_template_name",
                "flows/client_error_rate; /flow_id; value.flow_id"
            })
    void anItemWithoutItsCoreIsUnreadableAndSaysWhere(String body, String at, String path) {
        for (JsonNode unfit : List.of(
                SampleChanges.JSON.getNodeFactory().nullNode(),
                SampleChanges.JSON.getNodeFactory().stringNode(""),
                SampleChanges.JSON.createArrayNode())) {
            Sample sample = sample(body);
            set(sample, JsonPointer.compile(at), unfit);
            assertThatExceptionOfType(UnreadablePayloadException.class)
                    .isThrownBy(() -> READER.read(sample.bytes()))
                    .withMessage(path + UNFIT)
                    .withNoCause();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            value = {
                "\"type\":\"text\"; text",
                "\"type\":\"text\",\"text\":null; text",
                "\"type\":\"text\",\"text\":\"hello\"; text",
                "\"type\":\"text\",\"text\":[]; text",
                "\"type\":\"text\",\"text\":[{\"body\":\"a\"},{\"body\":\"b\"}]; text",
                "\"type\":\"image\"; image",
                "\"type\":\"contacts\",\"contacts\":\"Nadia\"; contacts[]",
                "\"type\":\"contacts\",\"contacts\":[]; contacts",
                "\"type\":\"interactive\",\"interactive\":7; interactive",
                "\"type\":\"interactive\",\"interactive\":{\"type\":\"list_reply\"}; interactive.list_reply",
                "\"type\":\"interactive\",\"interactive\":{\"type\":\"list_reply\",\"list_reply\":7};"
                        + " interactive.list_reply",
                "\"type\":\"unsupported\",\"unsupported\":7; unsupported",
                "\"type\":\"edit\",\"edit\":{\"original_message_id\":\"a\"}; edit.message",
                "\"type\":\"edit\",\"edit\":{\"message\":{\"type\":\"text\"}}; edit.message.text",
                "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"a\",\"emoji\":{\"code\":1}}; reaction.emoji"
            })
    void aMessageIsNothingWithoutTheContentOfItsType(String message, String path) throws Exception {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> READER.read(messages("{\"id\":\"a\"," + message + "}")))
                .withMessage("value.messages[]." + path + UNFIT);
        ReadChange history = READER.read(Payloads.change(
                "history", "{\"history\":[{\"threads\":[{\"messages\":[{\"id\":\"a\"," + message + "}]}]}]}"));
        assertThat(messages(history.change())).isEmpty();
        assertThat(history.leftOut()).isPositive();
        assertThat(history.unknown())
                .extracting(UnknownPart::path)
                .containsExactly("value.history[].threads[].messages[]." + path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unsupported", "unknown", "interactive"})
    void someTypesMayComeWithoutContent(String type) throws Exception {
        for (String content : List.of("", ",\"" + type + "\":null", ",\"" + type + "\":{}")) {
            ReadChange read = READER.read(messages("{\"id\":\"a\",\"type\":\"" + type + "\"" + content + "}"));
            assertThat(((MessagesValue) read.change().value()).messages().get(0).content())
                    .isEqualTo(
                            type.equals("interactive")
                                    ? new Content.Interactive(null, null, null, null, null, null)
                                    : new Content.Unsupported(null));
            assertThat(read.unknown()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "TEXT", "Text", " text ", "te-xt"})
    void theContentIsFoundHoweverTheTypeIsWritten(String type) throws Exception {
        ReadChange read =
                READER.read(messages("{\"id\":\"a\",\"type\":\"" + type + "\",\"text\":{\"body\":\"hello\"}}"));
        assertThat(((MessagesValue) read.change().value()).messages().get(0).content())
                .isEqualTo(new Content.Text("hello"));
        assertThat(read.unknown()).isEmpty();
    }

    @Test
    void aMessageOfAHistoryWithoutItsCoreIsLeftOutAndReported() throws Exception {
        Sample sample = sample("history/full");
        List<Message> before = messages(READER.read(sample.bytes()).change());
        ArrayNode messages = (ArrayNode) sample.value().at("/history/0/threads/0/messages");
        messages.insert(0, SampleChanges.JSON.createObjectNode().put("type", "text"));
        messages.addNull();
        messages.add("text");
        ReadChange read = READER.read(sample.bytes());
        assertThat(messages(read.change())).isEqualTo(before);
        assertThat(read.leftOut()).isEqualTo(3);
        assertThat(read.unknown())
                .containsExactly(
                        new UnknownPart(Kind.MISFIT, "value.history[].threads[].messages[].id", "missing"),
                        new UnknownPart(Kind.MISFIT, "value.history[].threads[].messages[]", "null"),
                        new UnknownPart(Kind.MISFIT, "value.history[].threads[].messages[]", "string"));
    }

    @Test
    void aListWithinAListIsReadLikeOneList() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Sample sample : PLACES.keySet()) {
            for (JsonPointer place : PLACES.get(sample)) {
                if (at(sample, place) instanceof ArrayNode array) {
                    Sample twice = sample.copy();
                    ((ArrayNode) at(twice, place)).addAll(array);
                    Sample nested = twice.copy();
                    set(nested, place, array.arrayNode().add(at(twice, place)));
                    softly.assertThat(READER.read(nested.bytes()).change().value())
                            .as(sample + " " + place)
                            .isEqualTo(READER.read(twice.bytes()).change().value());
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void asManyElementsComeOutAndAreReportedAsGoIn() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Sample sample : PLACES.keySet()) {
            ReadChange whole = READER.read(sample.bytes());
            softly.assertThat(whole.leftOut()).as(sample.toString()).isZero();
            for (JsonPointer place : PLACES.get(sample)) {
                if (isElement(place)) {
                    Sample changed = sample.copy();
                    set(changed, place, SampleChanges.JSON.getNodeFactory().nullNode());
                    Sample without = sample.copy();
                    remove(without, place);
                    if (outcome(changed) instanceof ReadChange read) {
                        softly.assertThat(read.leftOut())
                                .as(sample + " " + place)
                                .isOne();
                        softly.assertThat(read.unknown())
                                .as(sample + " " + place)
                                .contains(new UnknownPart(Kind.MISFIT, pathOf(place), "null"));
                        softly.assertThat(elements(read.change().value()))
                                .as(sample + " " + place)
                                .isEqualTo(elements(
                                        READER.read(without.bytes()).change().value()));
                    }
                }
            }
        }
        softly.assertAll();
    }

    private static byte[] messages(String message) {
        return Payloads.change("messages", "{\"messages\":[" + message + "]}");
    }

    private static int elements(@Nullable Object typed) throws ReflectiveOperationException {
        int count = 0;
        if (typed instanceof List<?> list) {
            for (Object each : list) {
                count += 1 + elements(each);
            }
        } else if (typed instanceof Record object) {
            for (RecordComponent each : object.getClass().getRecordComponents()) {
                count += elements(each.getAccessor().invoke(object));
            }
        }
        return count;
    }

    private static List<Message> messages(Change<?> change) {
        return ((HistoryValue) change.value()).history().get(0).threads().get(0).messages();
    }

    /** What came of reading: the change, or why it is unreadable. */
    private static Object outcome(Sample sample) {
        try {
            return READER.read(sample.bytes());
        } catch (UnreadablePayloadException ex) {
            return String.valueOf(ex.getMessage());
        }
    }

    private static Sample sample(String body) {
        return SampleChanges.typed().stream()
                .filter(each -> each.body().equals(body))
                .findFirst()
                .orElseThrow()
                .copy();
    }

    private static void collect(Sample sample, JsonNode json, JsonPointer at, List<JsonPointer> places)
            throws Exception {
        if (json instanceof ObjectNode && isOpen(sample, at)) {
            return;
        }
        if (json instanceof ObjectNode object) {
            for (String name : object.propertyNames()) {
                add(sample, object.get(name), at.appendProperty(name), places);
            }
        } else if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                add(sample, array.get(i), at.appendIndex(i), places);
            }
        }
    }

    private static void add(Sample sample, JsonNode json, JsonPointer at, List<JsonPointer> places) throws Exception {
        if (!json.isNull() && !isWrapped(at) && !(json instanceof ObjectNode && isOpen(sample, at))) {
            places.add(at);
            collect(sample, json, at, places);
        }
    }

    /** Whether an object is deliberately open: what is new in it is not reported. */
    private static boolean isOpen(Sample sample, JsonPointer at) throws Exception {
        Sample changed = sample.copy();
        ((ObjectNode) at(changed, at)).put("brand_new", 1);
        return READER.read(changed.bytes()).unknown().stream().noneMatch(part -> part.kind() == Kind.PROPERTY);
    }

    private static JsonNode at(Sample sample, JsonPointer place) {
        return sample.value().at(place);
    }

    private static void set(Sample sample, JsonPointer place, JsonNode json) {
        if (isElement(place)) {
            ((ArrayNode) at(sample, place.head())).set(place.last().getMatchingIndex(), json);
        } else {
            ((ObjectNode) at(sample, place.head())).set(place.last().getMatchingProperty(), json);
        }
    }

    /** Leaves an element out, and makes a property null. */
    private static void remove(Sample sample, JsonPointer place) {
        if (isElement(place)) {
            ((ArrayNode) at(sample, place.head())).remove(place.last().getMatchingIndex());
        } else {
            ((ObjectNode) at(sample, place.head())).putNull(place.last().getMatchingProperty());
        }
    }

    private static boolean isElement(JsonPointer place) {
        return place.last().mayMatchElement();
    }

    /** An array around what is no list. */
    private static boolean isWrapped(JsonPointer place) {
        return place.toString().contains("/waba_ban_state/");
    }

    private static String pathOf(JsonPointer place) {
        return "value."
                + place.toString().substring(1).replaceAll("/[0-9]+", "[]").replace('/', '.');
    }
}
