package dev.ackbox.graph;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Meta's side of the Graph API. */
public final class Meta {

    public static final String TOKEN = "EAAGm0PX4ZCpsBOtoken";
    public static final String SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

    /** What Meta sends in texts that nobody may log. */
    public static final String PRIVATE = "verify-token-or-phone-number";

    private Meta() {}

    public static WireMockExtension server() {
        return WireMockExtension.newInstance()
                .options(options().dynamicPort().bindAddress("127.0.0.1"))
                .build();
    }

    public static ResponseDefinitionBuilder answer(int status, String json) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json; charset=UTF-8")
                .withBody(json);
    }

    /** An error in the form that Meta documents. */
    public static ResponseDefinitionBuilder error(int status, int code) {
        return error(status, code, false);
    }

    public static ResponseDefinitionBuilder error(int status, int code, boolean isTransient) {
        return answer(status, """
                {"error": {"message": "(#%d) %s", "type": "OAuthException", "code": %d, "is_transient": %b,
                 "error_data": {"messaging_product": "whatsapp", "details": "%s"}, "fbtrace_id": "AbC-trace_1"}}
                """.formatted(code, PRIVATE, code, isTransient, PRIVATE));
    }

    public static GraphProperties settings(WireMockExtension server, String... more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("url", server.baseUrl());
        settings.put("access-token", TOKEN);
        settings.put("app-secret", SECRET);
        settings.put("retry-delay", "1ms");
        settings.put("read-timeout", "20s");
        settings.put("media.hosts", "localhost");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("", GraphProperties.class);
    }

    public static GraphApi api(WireMockExtension server, String... settings) {
        GraphProperties properties = settings(server, settings);
        return GraphApi.over(properties, AccessToken.of(properties));
    }

    static final Duration TOO_LONG = Duration.ofSeconds(3);
}
