package dev.ackbox.http;

import dev.ackbox.endpoint.EndpointProperties;
import dev.ackbox.endpoint.EndpointProperties.CheckMode;
import dev.ackbox.endpoint.EndpointProperties.Source;
import dev.ackbox.endpoint.EndpointsProperties;
import dev.ackbox.http.tomcat.PublicPort;
import dev.ackbox.intake.Intake;
import dev.ackbox.security.SignatureDiagnosis;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.web.filter.RequestContextFilter;

/** The public port; a test of handlers has none. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableConfigurationProperties({HttpProperties.class, EndpointsProperties.class, ServerProperties.class})
class HttpConfiguration {

    /** Each takes some 50 KB with the buffers of its connection. */
    static final int MAX_BODIES = 512;

    @Bean
    Endpoints endpoints(EndpointsProperties properties, Environment environment) {
        return new Endpoints(
                properties,
                properties.printPayloadsOutsideLocal() || environment.acceptsProfiles(Profiles.of("local")));
    }

    @Bean
    WatchedFiles watchedFiles() {
        return new WatchedFiles();
    }

    @Bean
    Gates gates(
            EndpointsProperties properties,
            Endpoints endpoints,
            WatchedFiles files,
            ServerProperties server,
            Environment environment,
            SslBundles bundles,
            RequestObserver observer,
            Clock clock) {
        return new Gates(properties, endpoints, files, server, environment, bundles, observer, clock);
    }

    @Bean
    SecretFiles secretFiles(
            Environment environment, Endpoints endpoints, EndpointsProperties properties, WatchedFiles files) {
        return new SecretFiles(environment, endpoints, properties.secretsInterval(), files);
    }

    @Bean
    RefusalSamples refusalSamples(
            Endpoints endpoints, EndpointsProperties properties, RequestObserver observer, Clock clock) {
        return new RefusalSamples(
                new SignatureDiagnosis(endpoints.appSecrets(), properties.objects()), observer, clock);
    }

    @Bean
    ServletRegistrationBean<WebhookServlet> webhookServlet(
            Endpoints endpoints,
            Intake intake,
            Gates gates,
            RefusalSamples samples,
            HttpProperties properties,
            TomcatServerProperties tomcat,
            Environment environment,
            RequestObserver observer,
            Clock clock) {
        boolean onVirtualThreads = PublicPort.canUseVirtualThreads() && Threading.VIRTUAL.isActive(environment);
        int maxBodies =
                onVirtualThreads ? MAX_BODIES : Math.max(1, tomcat.getThreads().getMax() / 4 * 3);
        WebhookServlet servlet =
                new WebhookServlet(endpoints, intake, gates, samples, properties, maxBodies, observer, clock);
        ServletRegistrationBean<WebhookServlet> registration = new ServletRegistrationBean<>(servlet, "/*");
        registration.setLoadOnStartup(1);
        return registration;
    }

    /** In the place of the framework's, which holds each request for controllers: there are none on the public port. */
    @Bean
    FilterRegistrationBean<RequestContextFilter> noRequestContextFilter() {
        FilterRegistrationBean<RequestContextFilter> registration =
                new FilterRegistrationBean<>(new RequestContextFilter());
        registration.setEnabled(false);
        return registration;
    }

    /** @throws InvalidSettingException with HTTP/2, whose requests have a connection, and bounds, of another kind */
    @Bean
    PublicPort publicPort(EndpointsProperties properties, ServerProperties server, RequestObserver observer) {
        if (server.getHttp2().isEnabled()) {
            throw new InvalidSettingException(
                    "'server.http2.enabled' is on, but the public port speaks HTTP/1.1 alone.",
                    "Leave it off. A proxy in front may take HTTP/2.");
        }
        boolean certificatesInHeaders = properties.endpoints().values().stream()
                .map(EndpointProperties::clientCertificate)
                .anyMatch(certificate -> certificate.mode() != CheckMode.OFF && certificate.source() != Source.TLS);
        return new PublicPort(observer, certificatesInHeaders);
    }

    @Bean
    @Profile("local")
    ApplicationListener<ApplicationReadyEvent> localGuide(
            EndpointsProperties properties, @Value("${server.port}") int port) {
        return event -> properties.endpoints().values().stream()
                .findFirst()
                .ifPresent(endpoint -> LocalGuide.print(endpoint, port, System.out));
    }
}
