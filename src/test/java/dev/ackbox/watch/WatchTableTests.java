package dev.ackbox.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.LatestValues;
import dev.ackbox.model.UnknownValue;
import dev.ackbox.model.Value;
import dev.ackbox.model.json.Fields;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WatchTableTests {

    /** Takes what it is given. */
    private static final class Sink implements LatestValues, WatchObserver {

        @Override
        public void put(String key, Instant time, byte[] value) {}

        @Override
        public List<LatestValue> all() {
            return List.of();
        }

        @Override
        public void counted(WatchMeter meter, List<String> labels) {}

        @Override
        public void historyProgress(String phoneNumberId, int percent) {}
    }

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withBean(Sink.class).withUserConfiguration(WatchConfiguration.class);

    @Test
    void eachFieldHasOneRowUnderItsName() {
        assertThat(WatchTable.ROWS)
                .extracting(FieldRow::type)
                .doesNotHaveDuplicates()
                .hasSize(Fields.types().size() + 1);
        for (Class<? extends Value> type : Fields.types()) {
            assertThat(WatchTable.ROWS)
                    .filteredOn(row -> row.type().equals(type))
                    .extracting(FieldRow::field)
                    .containsExactly(Fields.nameOf(type));
        }
    }

    @Test
    void whatHasNoTypeHasOneToo() {
        assertThat(WatchTable.ROWS).anyMatch(row -> row.type().equals(UnknownValue.class));
    }

    /** Fields may share a meter if they mean the same by it. */
    @Test
    void aMeterIsTheSameWhereverItIsDeclared() {
        assertThat(WatchMeter.all())
                .hasSizeGreaterThan(30)
                .extracting(WatchMeter::name)
                .doesNotHaveDuplicates();
        assertThat(WatchMeter.all())
                .allSatisfy(meter -> assertThat(meter.name()).matches("ackbox\\.whatsapp\\.[a-z.]+"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "'calls,flows', 'calls flows'",
        "message-template-status-update, message_template_status_update",
        "Unknown, unknown"
    })
    void fieldsCanBeSwitchedOff(String setting, String fields) {
        List<String> off = fields.isEmpty() ? List.of() : List.of(fields.split(" "));
        context.withPropertyValues("ackbox.watch.off=" + setting).run(beans -> {
            TableWatch watch = (TableWatch) beans.getBean(Watch.class);
            assertThat(WatchTable.ROWS.stream()
                            .filter(row -> !watch.rows().contains(row))
                            .map(FieldRow::field)
                            .collect(Collectors.toList()))
                    .containsExactlyInAnyOrderElementsOf(off);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "cals, calls",
        "template_status_update, message_template_status_update",
        "phone-number-quality, phone_number_quality_update",
        "pin_security, security"
    })
    void aNameThatIsNotThereStopsTheStartAndTheNearestOneIsNamed(String typed, String nearest) {
        context.withPropertyValues("ackbox.watch.off=calls," + typed)
                .run(beans -> assertThat(beans)
                        .getFailure()
                        .rootCause()
                        .hasMessage("ackbox.watch.off: there is no field '" + typed + "'. Did you mean '" + nearest
                                + "'?"));
    }
}
