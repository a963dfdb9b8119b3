package dev.ackbox.http;

import dev.ackbox.endpoint.EndpointProperties;
import dev.ackbox.endpoint.EndpointProperties.AuthenticatorType;
import dev.ackbox.endpoint.EndpointsProperties;
import dev.ackbox.intake.PayloadShape;
import dev.ackbox.security.AppSecret;
import dev.ackbox.security.Authenticator;
import dev.ackbox.security.HeaderAuthenticator;
import dev.ackbox.security.HmacAuthenticator;
import dev.ackbox.security.NoAuthenticator;
import dev.ackbox.security.SecretList;
import dev.ackbox.security.SignatureScheme;
import dev.ackbox.security.VerifyToken;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The endpoints by path, checked: a service that could not tell what is genuine does not start. */
final class Endpoints {

    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/._~-]*");

    private static final Pattern SLASHES = Pattern.compile("/+");

    private final Map<String, Endpoint> byPath = new HashMap<>();

    /**
     * Checks the settings.
     *
     * @param printingAllowed whether {@code print-payloads} may be on
     * @throws InvalidSettingException where one is missing or cannot be
     */
    Endpoints(EndpointsProperties properties, boolean printingAllowed) {
        InvalidSettingException.require(
                !properties.objects().isEmpty(),
                "'ackbox.objects' is empty.",
                "Take the setting away: its default has the names that Meta uses for WhatsApp.");
        requireNoneBlank(properties.objects(), "ackbox.objects");
        properties.served().forEach((name, endpoint) -> add(name, endpoint, printingAllowed));
    }

    private void add(String name, EndpointProperties properties, boolean printingAllowed) {
        String prefix = "ackbox.endpoints." + name;
        InvalidSettingException.require(
                PATH.matcher(properties.path()).matches(),
                "'" + prefix + ".path' is '" + properties.path() + "'.",
                "It must begin with '/' and have nothing but letters, digits and '/ . _ ~ -': Meta calls some"
                        + " other characters in another form than they were entered.");
        InvalidSettingException.require(
                !properties.verifyTokens().isEmpty() || properties.authenticator() != AuthenticatorType.META,
                "'" + prefix + ".verify-tokens' is empty.",
                "Choose a token of letters and digits, set it"
                        + (name.equals(EndpointsProperties.DEFAULT) ? " as ACKBOX_VERIFY_TOKEN" : "")
                        + ", and enter the same one beside the URL in the app dashboard.");
        InvalidSettingException.require(
                !properties.appSecrets().isEmpty() || properties.authenticator() == AuthenticatorType.NONE,
                "'" + prefix + ".app-secrets' is empty.",
                "Copy the app secret from the app dashboard (App settings, Basic) and set it"
                        + (name.equals(EndpointsProperties.DEFAULT) ? " as ACKBOX_APP_SECRET." : "."));
        requireNoneBlank(properties.verifyTokens(), prefix + ".verify-tokens");
        requireNoneBlank(properties.appSecrets(), prefix + ".app-secrets");
        InvalidSettingException.require(
                !properties.printPayloads() || printingAllowed,
                "'" + prefix + ".print-payloads' is true outside of the profile 'local'.",
                "Payloads are personal data. Take the setting away, or, if they may be printed here, set"
                        + " 'ackbox.print-payloads-outside-local' to true as well.");
        requireScreenable(properties, prefix + ".allowed-accounts", properties.allowedAccounts());
        requireScreenable(properties, prefix + ".allowed-phone-numbers", properties.allowedPhoneNumbers());
        Endpoint endpoint = new Endpoint(
                name,
                properties.path(),
                new SecretList<>(VerifyToken::new, properties.verifyTokens()),
                authenticator(properties),
                properties.payloadShape(),
                properties.printPayloads());
        Endpoint other = byPath.put(withoutSlashAtEnd(endpoint.path()), endpoint);
        InvalidSettingException.require(
                other == null,
                "'" + prefix + ".path' is '" + endpoint.path() + "', which is another endpoint's path too.",
                "Give each endpoint a path of its own.");
    }

    private static Authenticator authenticator(EndpointProperties properties) {
        return switch (properties.authenticator()) {
            case META ->
                new HmacAuthenticator(SignatureScheme.META, new SecretList<>(AppSecret::new, properties.appSecrets()));
            case HMAC ->
                new HmacAuthenticator(
                        new SignatureScheme(
                                properties.signatureHeader(),
                                properties.signaturePrefix(),
                                properties.signatureEncoding()),
                        new SecretList<>(AppSecret::new, properties.appSecrets()));
            case HEADER ->
                new HeaderAuthenticator(
                        properties.secretHeader(), new SecretList<>(VerifyToken::new, properties.appSecrets()));
            case NONE -> new NoAuthenticator();
        };
    }

    private static void requireNoneBlank(Collection<String> elements, String property) {
        InvalidSettingException.require(
                elements.stream().noneMatch(String::isBlank),
                "'" + property + "' has an empty element.",
                "Look for two commas in a row, or one at either end.");
    }

    /** By an account, everything would be set aside; by a phone number, nothing. */
    private static void requireScreenable(EndpointProperties properties, String property, List<String> allowed) {
        InvalidSettingException.require(
                allowed.isEmpty() || properties.payloadShape() != PayloadShape.ON_PREMISES,
                "'" + property + "' is set, but notifications without an envelope name neither account nor phone"
                        + " number id.",
                "Take the setting away, or set 'payload-shape' of the endpoint to 'cloud'.");
    }

    /** The endpoint of exactly that path, with or without a slash at its end. */
    @Nullable
    Endpoint at(String path) {
        return byPath.get(withoutSlashAtEnd(path));
    }

    /** An endpoint whose path differs from this one in upper and lower case or in slashes alone. */
    @Nullable
    Endpoint near(String path) {
        String simple = simple(path);
        for (Endpoint endpoint : byPath.values()) {
            if (simple(endpoint.path()).equals(simple)) {
                return endpoint;
            }
        }
        return null;
    }

    private static String withoutSlashAtEnd(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String simple(String path) {
        return withoutSlashAtEnd(SLASHES.matcher(path).replaceAll("/")).toLowerCase(Locale.ROOT);
    }

    /** The secrets of the endpoints that are signed as Meta does, by their names. */
    Map<String, SecretList<AppSecret>> appSecrets() {
        Map<String, SecretList<AppSecret>> secrets = new HashMap<>();
        for (Endpoint endpoint : byPath.values()) {
            if (endpoint.authenticator() instanceof HmacAuthenticator hmac
                    && hmac.scheme().equals(SignatureScheme.META)) {
                secrets.put(endpoint.name(), hmac.secrets());
            }
        }
        return secrets;
    }

    Collection<Endpoint> all() {
        return List.copyOf(byPath.values());
    }
}
