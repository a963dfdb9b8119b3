package dev.ackbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSpanTests {

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 5_000})
    void findsEachOfManyProperties(int count) {
        JsonSpan object = parse(IntStream.range(0, count)
                .mapToObj(i -> "\"p" + i + "\":" + i)
                .collect(Collectors.joining(",", "{", "}")));
        for (int i = 0; i < count; i++) {
            assertThat(object.text("p" + i)).isEqualTo(String.valueOf(i));
        }
        assertThat(object.text("p" + count)).isNull();
        assertThat(object.getOrNone("p" + count)).isSameAs(JsonSpan.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void theLastOfSeveralPropertiesOfOneNameCounts(int count) {
        JsonSpan object = parse("{" + "\"a\":1,".repeat(count) + "\"a\":2}");
        assertThat(object.text("a")).isEqualTo("2");
        assertThat(object.hasRepeatedNames()).isTrue();
    }

    @Test
    void takesTheFirstPathThatLeadsToText() {
        JsonSpan object = parse("{\"a\":{\"b\":\"ab\",\"n\":null},\"c\":{},\"d\":\"d\"}");
        assertThat(object.firstText(List.of("a", "c.b", "a.n", "x.y", "a.b", "d")))
                .isEqualTo("ab");
        assertThat(object.firstText(List.of("d.b", "d", "a.b"))).isEqualTo("d");
        assertThat(object.firstText(List.of("a", "c"))).isNull();
    }

    @Test
    void anEmptyStringCountsAsAbsent() {
        JsonSpan object = parse("{\"a\":\"\",\"b\":\" \",\"c\":{\"d\":\"\"}}");
        assertThat(object.text("a")).isNull();
        assertThat(object.firstText(List.of("a", "c.d", "b"))).isEqualTo(" ");
    }

    private static JsonSpan parse(String json) {
        return Objects.requireNonNull(JsonSpan.parse(json.getBytes(StandardCharsets.UTF_8), 3));
    }
}
