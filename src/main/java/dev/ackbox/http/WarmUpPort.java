package dev.ackbox.http;

import dev.ackbox.endpoint.EndpointsProperties;
import dev.ackbox.http.tomcat.PublicPort;
import dev.ackbox.intake.Intake;
import dev.ackbox.security.SignatureDiagnosis;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.unit.DataSize;

/**
 * A port on the loopback interface with the same server, servlet and checks as the public port, but an endpoint and an intake of its
 * own, so that the code of the public port is compiled before the first notification comes. Nothing of it is counted.
 */
public final class WarmUpPort implements AutoCloseable {

    /** Where its endpoint is. */
    public static final String PATH = "/";

    private final WatchedFiles files;
    private final WebServer server;

    private WarmUpPort(WatchedFiles files, WebServer server) {
        this.files = files;
        this.server = server;
    }

    /**
     * Opens it on a free port.
     *
     * @param appSecret what its notifications are signed with
     */
    public static WarmUpPort open(Intake intake, String appSecret, Clock clock) {
        Duration timeout = Duration.ofSeconds(10);
        RequestObserver observer = RequestObserver.NONE;
        Map<String, String> settings = Map.of(
                "endpoints.warm-up.path", PATH,
                "endpoints.warm-up.verify-tokens", appSecret,
                "endpoints.warm-up.app-secrets", appSecret);
        EndpointsProperties properties = new Binder(new MapConfigurationPropertySource(settings))
                .bind("", EndpointsProperties.class)
                .get();
        Endpoints endpoints = new Endpoints(properties, false);
        WatchedFiles files = new WatchedFiles();
        WebhookServlet servlet = new WebhookServlet(
                endpoints,
                intake,
                new Gates(
                        properties,
                        endpoints,
                        files,
                        new ServerProperties(),
                        new StandardEnvironment(),
                        new DefaultSslBundleRegistry(),
                        observer,
                        clock),
                new RefusalSamples(
                        new SignatureDiagnosis(endpoints.appSecrets(), properties.objects()), observer, clock),
                new HttpProperties(DataSize.ofMegabytes(4), null, timeout, timeout),
                HttpConfiguration.MAX_BODIES,
                observer,
                clock);
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
        factory.setAddress(InetAddress.getLoopbackAddress());
        new PublicPort(observer, false).customize(factory);
        WebServer server = factory.getWebServer(
                context -> context.addServlet("warm-up", servlet).addMapping("/*"));
        server.start();
        return new WarmUpPort(files, server);
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.stop();
        server.destroy();
        files.close();
    }
}
