package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.intake.PayloadShape;
import dev.ackbox.security.NoAuthenticator;
import dev.ackbox.security.SecretList;
import dev.ackbox.security.SignatureDiagnosis;
import dev.ackbox.security.VerifyToken;
import dev.ackbox.test.MovableClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class RefusalSamplesTests {

    private final List<String> diagnosed = new ArrayList<>();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-12-01T10:00:00Z"));
    private final RefusalSamples samples =
            new RefusalSamples(new SignatureDiagnosis(Map.of(), Set.of()), observer(), clock);

    @Test
    void aFloodSilencesNeitherOtherEndpointsNorOtherKinds() throws Exception {
        for (int i = 0; i < 5; i++) {
            refuseByHeaders("shop");
        }
        refuseByBody("shop");
        refuseByBody("shop");
        refuseByHeaders("other");
        assertThat(diagnosed).containsExactly("shop header_missing", "shop unknown", "other header_missing");
        clock.advance(Duration.ofSeconds(1));
        refuseByHeaders("shop");
        assertThat(diagnosed).hasSize(4);
    }

    private void refuseByHeaders(String endpoint) throws Exception {
        samples.refused(endpoint(endpoint), name -> List.of(), () -> new byte[0]);
    }

    private void refuseByBody(String endpoint) {
        HttpProperties properties = new HttpProperties(
                DataSize.ofMegabytes(4), DataSize.ofMegabytes(64), Duration.ofSeconds(10), Duration.ofSeconds(5));
        try (Admission.Body memory = new Admission(512, properties).admit("192.0.2.1")) {
            samples.refused(endpoint(endpoint), name -> List.of(), new byte[1], memory);
        }
    }

    private static Endpoint endpoint(String name) {
        return new Endpoint(
                name,
                "/" + name,
                new SecretList<>(VerifyToken::new, List.of()),
                new NoAuthenticator(),
                PayloadShape.CLOUD,
                false);
    }

    private RequestObserver observer() {
        return (RequestObserver) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RequestObserver.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("diagnosed")) {
                        diagnosed.add(arguments[0] + " " + arguments[1]);
                    }
                    return null;
                });
    }
}
