package dev.ackbox.http.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ackbox.security.AddressList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.autoconfigure.web.WebProperties;
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;
import org.springframework.boot.tomcat.autoconfigure.TomcatWebServerFactoryCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.mock.env.MockEnvironment;

/** Feeds invented lines of {@code X-Forwarded-For} to the valves of the public port; src/docs/fuzzing.md says how. */
class ForwardedForFuzzTests {

    private static final String HEADER = "X-Forwarded-For";
    private static final String PROXY = "10.0.0.2";
    private static final String STRANGER = "203.0.113.9";

    private static final AddressList LISTED = AddressList.of(List.of("31.13.24.0/21", "2a03:2880::/32", "10.9.0.0/16"));
    private static final AddressList ALL = AddressList.of(List.of("0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1"));

    private final AddressList proxies;
    private final Connector connector = new Connector();
    private final Sight sight = new Sight();
    private final Valve first;

    ForwardedForFuzzTests() {
        TomcatServerProperties tomcat = new TomcatServerProperties();
        proxies =
                AddressList.of(List.of(tomcat.getRemoteip().getInternalProxies().split(",")));
        first = chained(new ArrayList<>(engineValves(tomcat)));
    }

    /** As the framework and the public port set them up. */
    private static List<Valve> engineValves(TomcatServerProperties tomcat) {
        ServerProperties server = new ServerProperties();
        server.setForwardHeadersStrategy(ForwardHeadersStrategy.NATIVE);
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
        new TomcatWebServerFactoryCustomizer(new MockEnvironment(), server, tomcat, new WebProperties())
                .customize(factory);
        new PublicPort(new PortObserver() {}, false).customize(factory);
        return List.copyOf(factory.getEngineValves());
    }

    private Valve chained(List<Valve> valves) {
        valves.add(sight);
        for (int i = 1; i < valves.size(); i++) {
            valves.get(i - 1).setNext(valves.get(i));
        }
        return valves.get(0);
    }

    @FuzzTest
    void readsAnyHeader(byte[] bytes) throws Exception {
        List<String> lines = List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1));
        assertThat(addressSeen(STRANGER, lines)).isEqualTo(STRANGER);

        String expected = nearestThatIsNoProxy(lines);
        String seen = addressSeen(PROXY, lines);
        assertThat(ALL.contains(seen)).isEqualTo(ALL.contains(expected));
        assertThat(LISTED.contains(seen)).isEqualTo(LISTED.contains(expected));
        if (ALL.contains(seen)) {
            assertThat(seen).isEqualTo(expected);
        }
    }

    private String addressSeen(String peer, List<String> lines) throws Exception {
        Request request = new Request(connector, new org.apache.coyote.Request());
        request.setRemoteAddr(peer);
        for (String line : lines) {
            request.getCoyoteRequest().getMimeHeaders().addValue(HEADER).setString(line);
        }
        first.invoke(request, new Response(new org.apache.coyote.Response()));
        return sight.address;
    }

    /** Or the farthest, where all are proxies. */
    private String nearestThatIsNoProxy(List<String> lines) {
        List<String> elements = new ArrayList<>(List.of(String.join(",", lines).split(",", -1)));
        elements.replaceAll(element -> withoutPort(element.strip()));
        String farthest = elements.get(0);
        Collections.reverse(elements);
        return elements.stream()
                .filter(element -> !proxies.contains(element))
                .findFirst()
                .orElse(farthest);
    }

    /** Brackets go away from IPv6, and one port from either. */
    private static String withoutPort(String element) {
        int bracket = element.indexOf(']');
        if (element.startsWith("[") && bracket > 0) {
            String inside = element.substring(1, bracket);
            boolean isSix = inside.contains(":") && inside.matches("[0-9A-Fa-f:.]*");
            return isSix && (bracket == element.length() - 1 || isPort(element.substring(bracket + 1)))
                    ? inside
                    : element;
        }
        int colon = element.lastIndexOf(':');
        return colon > 0 && element.substring(0, colon).matches("[0-9.]+") && isPort(element.substring(colon))
                ? element.substring(0, colon)
                : element;
    }

    private static boolean isPort(String text) {
        return text.matches(":[0-9]{1,5}");
    }

    /** What the service would see. */
    private static final class Sight extends ValveBase {

        private String address = "";

        @Override
        public void invoke(Request request, Response response) {
            address = request.getRemoteAddr();
        }
    }
}
