package dev.ackbox.http;

import dev.ackbox.endpoint.EndpointProperties;
import dev.ackbox.endpoint.EndpointProperties.Addresses;
import dev.ackbox.endpoint.EndpointProperties.CheckMode;
import dev.ackbox.endpoint.EndpointProperties.ClientCertificate;
import dev.ackbox.endpoint.EndpointProperties.Source;
import dev.ackbox.endpoint.EndpointProperties.WhenUnreadable;
import dev.ackbox.endpoint.EndpointsProperties;
import dev.ackbox.security.AddressList;
import dev.ackbox.security.NoAuthenticator;
import dev.ackbox.security.UnreadableFileException;
import dev.ackbox.security.WatchedFile;
import dev.ackbox.security.certificate.CertificateAuthorities;
import dev.ackbox.security.certificate.ClientCertificateCheck;
import dev.ackbox.security.certificate.ForwardedCertificate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.Ssl.ClientAuth;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;

/** The gates of each endpoint, built from its settings. */
final class Gates {

    private final Map<String, List<Gate>> byEndpoint = new HashMap<>();
    private final WatchedFiles files;
    private final ServerProperties server;
    private final ForwardedAddresses forwarding;
    private final SslBundles bundles;
    private final RequestObserver observer;
    private final Clock clock;

    /** @throws InvalidSettingException where a setting cannot be, or leaves an endpoint open to everybody */
    Gates(
            EndpointsProperties properties,
            Endpoints endpoints,
            WatchedFiles files,
            ServerProperties server,
            Environment environment,
            SslBundles bundles,
            RequestObserver observer,
            Clock clock) {
        this.files = files;
        this.server = server;
        this.forwarding = new ForwardedAddresses(server.getForwardHeadersStrategy(), environment);
        this.bundles = bundles;
        this.observer = observer;
        this.clock = clock;
        for (Endpoint endpoint : endpoints.all()) {
            boolean guarded = add(
                    endpoint.name(),
                    Objects.requireNonNull(properties.endpoints().get(endpoint.name())));
            if (endpoint.authenticator() instanceof NoAuthenticator && !guarded) {
                throw new InvalidSettingException(
                        "'ackbox.endpoints." + endpoint.name()
                                + ".authenticator' is 'none', and nothing else keeps anybody out.",
                        "Set 'addresses.mode' or 'client-certificate.mode' of the endpoint to 'enforce'.");
            }
        }
    }

    /** Those that a request to an endpoint has to pass, in their order. */
    List<Gate> of(Endpoint endpoint) {
        return byEndpoint.getOrDefault(endpoint.name(), List.of());
    }

    /** Returns whether one of them keeps out whoever is not admitted. */
    private boolean add(String endpoint, EndpointProperties settings) {
        List<Gate> gates = new ArrayList<>();
        String prefix = "ackbox.endpoints." + endpoint;
        if (settings.addresses().mode() != CheckMode.OFF) {
            gates.add(addressGate(endpoint, prefix + ".addresses", settings.addresses()));
        }
        if (settings.clientCertificate().mode() != CheckMode.OFF) {
            gates.add(certificateGate(endpoint, prefix + ".client-certificate", settings.clientCertificate()));
        }
        byEndpoint.put(endpoint, List.copyOf(gates));
        return settings.addresses().mode() == CheckMode.ENFORCE
                || settings.clientCertificate().mode() == CheckMode.ENFORCE;
    }

    private Gate addressGate(String endpoint, String prefix, Addresses settings) {
        boolean enforced = settings.mode() == CheckMode.ENFORCE;
        forwarding.require(prefix);
        Path path = settings.file();
        InvalidSettingException.require(
                (path == null) != settings.ranges().isEmpty(),
                "'" + prefix + ".mode' is on, but not exactly one of '.ranges' and '.file' is set.",
                "Set '" + prefix + ".ranges' to addresses or ranges, or '" + prefix + ".file' to a file with them.");
        if (path == null) {
            AddressList list = addresses(prefix + ".ranges", settings.ranges());
            return new AddressGate(endpoint, () -> list, enforced, observer);
        }
        WatchedFile<AddressList> file = watch(prefix + ".file", path, settings.format()::parse, settings.interval());
        Supplier<@Nullable AddressList> allowed = settings.whenUnreadable() == WhenUnreadable.CLOSED
                ? file::value
                : () -> file.failure() == null ? file.value() : null;
        return new AddressGate(endpoint, allowed, enforced, observer);
    }

    private Gate certificateGate(String endpoint, String prefix, ClientCertificate settings) {
        boolean enforced = settings.mode() == CheckMode.ENFORCE;
        InvalidSettingException.require(
                settings.source() != Source.TLS || isAskedForHere(server.getSsl()),
                "'" + prefix + ".source' is 'tls', but nobody is asked for a certificate here.",
                "Set 'server.ssl.client-auth' to 'want' beside a certificate of the server, or '" + prefix
                        + ".source' to the proxy that ends TLS.");
        InvalidSettingException.require(
                settings.envoyElement() > 0,
                "'" + prefix + ".envoy-element' is " + settings.envoyElement() + ".",
                "Set it to 1 for the last element, or to more for one before it.");
        ClientCertificateCheck check = check(prefix, settings);
        if (settings.source() == Source.TLS) {
            return CertificateGate.ofTls(endpoint, check, enforced, observer);
        }
        ForwardedCertificate proxy = forwarded(settings);
        InvalidSettingException.require(
                proxy.saysVerified() || settings.bundle() != null,
                "'" + prefix
                        + ".bundle' is not set, but the headers of this '.source' do not say that the certificate was"
                        + " verified: anybody could issue one.",
                "Set it to the name of an SSL bundle ('spring.ssl.bundle.pem.<name>.truststore.certificate') with the"
                        + " authorities of Meta's client certificate.");
        InvalidSettingException.require(
                !settings.proxies().isEmpty(),
                "'" + prefix + ".proxies' is empty, so that anybody could claim any certificate in a header.",
                "Set it to the addresses of the proxies that end TLS.");
        AddressList proxies = addresses(prefix + ".proxies", settings.proxies());
        return CertificateGate.ofProxy(endpoint, proxies, proxy, check, enforced, observer);
    }

    private ClientCertificateCheck check(String prefix, ClientCertificate settings) {
        String bundle = settings.bundle();
        Supplier<CertificateAuthorities> trusted =
                bundle == null ? null : new TrustedBundle(prefix + ".bundle", bundle, bundles);
        try {
            return new ClientCertificateCheck(settings.commonName(), trusted, clock);
        } catch (IllegalArgumentException ex) {
            throw new InvalidSettingException(
                    "'" + prefix + ".common-name' is '" + settings.commonName() + "', but " + ex.getMessage() + ".",
                    "Set it to the common name of the certificate that the sender presents.");
        }
    }

    private static boolean isAskedForHere(@Nullable Ssl tls) {
        return tls != null
                && tls.isEnabled()
                && (tls.getClientAuth() == ClientAuth.WANT || tls.getClientAuth() == ClientAuth.NEED);
    }

    private static ForwardedCertificate forwarded(ClientCertificate settings) {
        return switch (settings.source()) {
            case NGINX ->
                ForwardedCertificate.nginx(
                        settings.verifyHeader(), settings.subjectHeader(), settings.certificateHeader());
            case ALB -> ForwardedCertificate.albVerify();
            case ALB_PASS_THROUGH -> ForwardedCertificate.albPassThrough();
            case ENVOY -> ForwardedCertificate.envoy(settings.envoyElement());
            case TRAEFIK -> ForwardedCertificate.traefik();
            case RFC9440 -> ForwardedCertificate.rfc9440();
            case TLS -> throw new IllegalStateException("No proxy tells of what is seen here");
        };
    }

    private <T> WatchedFile<T> watch(
            String setting, Path path, WatchedFile.Parser<? extends T> parser, Duration interval) {
        try {
            return files.open(setting, path, parser, interval);
        } catch (UnreadableFileException ex) {
            throw new InvalidSettingException(
                    "'" + setting + "' is '" + path + "', which cannot be used: " + ex.getMessage() + ".",
                    "Fix the file, or name another one.");
        }
    }

    private static AddressList addresses(String setting, List<String> ranges) {
        try {
            return AddressList.of(ranges);
        } catch (IllegalArgumentException ex) {
            throw new InvalidSettingException(
                    "'" + setting + "' cannot be read: " + ex.getMessage() + ".",
                    "Give addresses or ranges such as 31.13.24.0/21, separated by commas.");
        }
    }
}
