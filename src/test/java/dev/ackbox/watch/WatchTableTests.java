package dev.ackbox.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.model.Value;
import dev.ackbox.model.json.Fields;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WatchTableTests {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withBean(dev.ackbox.inbox.LatestValues.class, NoValues::new)
            .withBean(WatchObserver.class, NoObserver::new)
            .withUserConfiguration(WatchConfiguration.class);

    @Test
    void eachFieldHasOneRow() {
        assertThat(Fields.names()).hasSizeGreaterThan(30).allSatisfy(name -> assertThat(WatchTable.ROWS)
                .filteredOn(row -> row.type().equals(Fields.typeOf(name)))
                .hasSize(1));
    }
}
