package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

class SecretFailureAnalyzerTests {

    /** The first analyzer that has an answer gives it, and the framework's own show values. */
    @Test
    void aSecretThatIsLeftUnboundIsNotShown() {
        FailureAnalysis analysis = analyze(failure(
                "ackbox.endpoints.default.app-secrets[1]",
                "ackbox.endpoints.default.app-secrets",
                Bindable.listOf(String.class)));
        assertThat(analysis.getDescription())
                .contains("'ackbox.endpoints.default.app-secrets'")
                .doesNotContain("the-secret");
        assertThat(analysis.getAction()).doesNotContain("the-secret");
    }

    @Test
    void aSecretInThePlaceOfSomethingElseIsNotShown() {
        FailureAnalysis analysis =
                analyze(failure("ackbox.endpoints.default", "ackbox.endpoints.default", Bindable.of(Integer.class)));
        assertThat(analysis.getDescription())
                .contains("'ackbox.endpoints.default'")
                .doesNotContain("the-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ackbox.http.max-body-size", "ackbox.endpoints.default.addresses.mode"})
    void otherSettingsAreLeftToTheFramework(String property) {
        assertThat(new SecretFailureAnalyzer().analyze(failure(property, property, Bindable.of(Integer.class))))
                .isNull();
    }

    private static FailureAnalysis analyze(BindException failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation(SpringApplication.class.getClassLoader())
                .load(FailureAnalyzer.class, FailureHandler.handleMessage((message, ex) -> {}))
                .stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private static BindException failure(String property, String bound, Bindable<?> target) {
        Binder binder = new Binder(new MapConfigurationPropertySource(Map.of(property, "the-secret")));
        return catchThrowableOfType(BindException.class, () -> binder.bind(bound, target));
    }
}
