package dev.ackbox.ops;

import dev.ackbox.addresses.AddressesProperties;
import dev.ackbox.dispatch.Dispatcher;
import dev.ackbox.endpoint.EndpointProperties;
import dev.ackbox.endpoint.EndpointProperties.Addresses;
import dev.ackbox.endpoint.EndpointProperties.AuthenticatorType;
import dev.ackbox.endpoint.EndpointProperties.CheckMode;
import dev.ackbox.endpoint.EndpointProperties.ClientCertificate;
import dev.ackbox.endpoint.EndpointsProperties;
import dev.ackbox.graph.GraphProperties;
import dev.ackbox.http.ForwardedAddresses;
import dev.ackbox.http.HttpProperties;
import dev.ackbox.http.WatchedFiles;
import dev.ackbox.inbox.InboxProperties;
import dev.ackbox.security.SecretDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;
import org.springframework.core.env.Environment;

/** Says in one block what is on, what is off, and within which bounds. Of secrets it says enough to tell two apart, and no more. */
record StartupReport(
        EndpointsProperties endpoints,
        InboxProperties inbox,
        HttpProperties http,
        ManagementProperties management,
        TomcatServerProperties tomcat,
        ForwardedAddresses forwarding,
        WatchedFiles files,
        Dispatcher dispatcher,
        GraphProperties graph,
        AddressesProperties addresses,
        Environment environment) {

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Ackbox runs with these settings:");
        endpoints.served().forEach((name, endpoint) -> endpoint(text, name, endpoint));
        inbox(text);
        handlers(text);
        callsOut(text);
        management(text);
        bounds(text);
        return text.toString();
    }

    private static void line(StringBuilder text, String what, String value) {
        text.append(System.lineSeparator()).append(String.format(Locale.ROOT, "  %-20s %s", what, value));
    }

    private void endpoint(StringBuilder text, String name, EndpointProperties endpoint) {
        String prefix = "ackbox.endpoints." + name;
        AuthenticatorType authenticator = endpoint.authenticator();
        line(text, "endpoint " + name, endpoint.path() + " on port " + environment.getProperty("local.server.port"));
        line(
                text,
                "  authenticator",
                lowerCase(authenticator) + ", " + endpoint.payloadShape().name().toLowerCase(Locale.ROOT));
        if (authenticator != AuthenticatorType.NONE) {
            boolean signs = authenticator != AuthenticatorType.HEADER;
            line(
                    text,
                    "  app secrets",
                    elements(endpoint.appSecrets(), signs ? StartupReport::secret : StartupReport::token)
                            + source(prefix + ".app-secrets"));
        }
        line(
                text,
                "  verify tokens",
                elements(endpoint.verifyTokens(), StartupReport::token) + source(prefix + ".verify-tokens"));
        line(text, "  address list", addresses(prefix, endpoint.addresses()));
        line(text, "  certificate", certificate(endpoint.clientCertificate()));
        line(text, "  accounts", accounts(endpoint));
    }

    private static String elements(List<String> elements, Function<String, String> describe) {
        if (elements.isEmpty()) {
            return "none";
        }
        List<String> described = elements.stream().map(describe).toList();
        return elements.size() + " (" + String.join("; ", described) + ")";
    }

    private static String token(String token) {
        return token.length() + " characters";
    }

    private static String secret(String secret) {
        return token(secret) + ", SHA-256 " + SecretDigest.of(secret) + "…";
    }

    private String source(String setting) {
        String file = files.watched().get(setting);
        return file == null
                ? ", not from a watched file: restart after a change"
                : ", from " + file + ", which is watched";
    }

    private String addresses(String prefix, Addresses addresses) {
        return addresses.mode() == CheckMode.OFF
                ? "off"
                : lowerCase(addresses.mode())
                        + (addresses.file() == null
                                ? ", " + addresses.ranges().size() + " ranges"
                                : source(prefix + ".addresses.file"));
    }

    private static String certificate(ClientCertificate certificate) {
        return certificate.mode() == CheckMode.OFF
                ? "off"
                : lowerCase(certificate.mode()) + ", " + certificate.commonName() + ", from "
                        + lowerCase(certificate.source());
    }

    private static String accounts(EndpointProperties endpoint) {
        List<String> allowed = new ArrayList<>();
        if (!endpoint.allowedAccounts().isEmpty()) {
            allowed.add(endpoint.allowedAccounts().size() + " allowed accounts");
        }
        if (!endpoint.allowedPhoneNumbers().isEmpty()) {
            allowed.add(endpoint.allowedPhoneNumbers().size() + " allowed phone numbers");
        }
        return allowed.isEmpty() ? "any" : String.join(", ", allowed);
    }

    private void inbox(StringBuilder text) {
        line(
                text,
                "inbox",
                lowerCase(inbox.engine()) + " in "
                        + switch (inbox.engine()) {
                            case SQLITE ->
                                inbox.sqlite().directory().toAbsolutePath().normalize();
                            case POSTGRESQL -> inbox.postgresql().database();
                        });
        line(
                text,
                "  kept",
                inbox.retention().entrySet().stream()
                        .map(kept -> kept.getKey() + " " + time(kept.getValue()))
                        .collect(Collectors.joining(", ")));
    }

    private void handlers(StringBuilder text) {
        Map<List<String>, List<String>> fieldsByHandlers = new LinkedHashMap<>();
        dispatcher
                .handlersByField()
                .forEach((field, names) -> fieldsByHandlers
                        .computeIfAbsent(names, it -> new ArrayList<>())
                        .add(field));
        List<String> without = fieldsByHandlers.getOrDefault(List.of(), List.of());
        fieldsByHandlers.remove(List.of());
        fieldsByHandlers.forEach(
                (names, fields) -> line(text, "handlers", String.join(", ", names) + ": " + String.join(", ", fields)));
        line(text, "without a handler", without.size() + " fields");
    }

    private void callsOut(StringBuilder text) {
        line(
                text,
                "calls to Meta",
                graph.isConfigured()
                        ? "Graph API " + graph.version() + ", access token of "
                                + (graph.accessTokenFile() == null
                                        ? token(graph.accessToken())
                                        : graph.accessTokenFile() + ", which is watched")
                                + ", appsecret_proof " + (graph.appSecret().isEmpty() ? "off" : "on")
                                + ", after an unknown send: " + lowerCase(graph.afterUnknownSend())
                        : "off: no access token");
        line(
                text,
                "address refresh",
                addresses.file() == null
                        ? "off"
                        : addresses.file() + " from " + addresses.url() + ", every " + time(addresses.interval()));
    }

    private void management(StringBuilder text) {
        List<String> logins = new ArrayList<>();
        if (management.hasPassword()) {
            logins.add("user '" + ManagementUser.NAME + "' with a password");
        }
        if (OnManagementUser.takesTokens(environment)) {
            logins.add("tokens that grant " + management.authority());
        }
        line(
                text,
                "management",
                "port " + environment.getProperty("local.management.port") + ", "
                        + (logins.isEmpty() ? "no user: health and metrics only" : String.join(", ", logins)));
    }

    private void bounds(StringBuilder text) {
        line(text, "client addresses", forwarding.source());
        line(
                text,
                "bounds",
                "body " + http.maxBodySize().toMegabytes() + " MB within " + time(http.bodyTimeout())
                        + ", bodies " + (http.bytesInFlight() >> 20) + " MB, to write "
                        + inbox.maxBytesToWrite().toMegabytes() + " MB, each of 3 lanes "
                        + inbox.maxBytesInMemory().toMegabytes()
                        + " MB, connections " + tomcat.getMaxConnections() + ", heap "
                        + (Runtime.getRuntime().maxMemory() >> 20) + " MB");
    }

    private static String time(Duration duration) {
        return duration.toDays() > 0 && duration.equals(Duration.ofDays(duration.toDays()))
                ? duration.toDays() + " d"
                : duration.toSeconds() + " s";
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
