package dev.ackbox.http.tomcat;

import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Stream;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.CoyoteAdapter;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.MessageBytes;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** Keeps Tomcat from answering in the servlet's place, or before it, and from waiting for what a rejected sender still has to send. */
public final class PublicPort implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    /** The first JDK on which Tomcat's wait for a body, which is a wait on a monitor, leaves the carrier of a virtual thread free. */
    public static final int FIRST_JDK_FOR_VIRTUAL_THREADS = 24;

    /** What a proxy may say of a certificate and its chain, 32 KB, and the rest of a head. */
    private static final int HEAD_WITH_CERTIFICATES = 40 << 10;

    /** Of a chunk's extension, and of trailers, which nobody in earnest sends: so many bytes can drip in, each just in time. */
    private static final int MOST_BESIDE_CHUNKS = 64;

    private final PortObserver observer;
    private final boolean certificatesInHeaders;

    /** @param certificatesInHeaders whether an endpoint believes a proxy's headers about client certificates */
    public PublicPort(PortObserver observer, boolean certificatesInHeaders) {
        this.observer = observer;
        this.certificatesInHeaders = certificatesInHeaders;
    }

    /** Whether requests may run on virtual threads. */
    public static boolean canUseVirtualThreads() {
        return Runtime.version().feature() >= FIRST_JDK_FOR_VIRTUAL_THREADS;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(ConnectionLimitProtocol.class.getName());
        factory.addConnectorCustomizers(this::customize);
        EmptyErrorReportValve.replaceErrorPages(factory, observer::malformed);
        if (!canUseVirtualThreads()) {
            factory.addProtocolHandlerCustomizers(protocol -> protocol.setExecutor(null));
        }
        if (certificatesInHeaders) {
            factory.addContextCustomizers(context -> context.getPipeline().addValve(new PeerAddressValve()));
        }
        factory.setEngineValves(
                factory.getEngineValves().stream().flatMap(PublicPort::guarded).toList());
    }

    private static Stream<Valve> guarded(Valve valve) {
        return valve instanceof RemoteIpValve remoteIp
                ? Stream.of(new LiteralAddressValve(remoteIp.getRemoteIpHeader()), valve)
                : Stream.of(valve);
    }

    private void customize(Connector connector) {
        // So that TRACE is answered like any other method; the servlet echoes nothing.
        connector.setAllowTrace(true);
        if (connector.getProtocolHandler() instanceof ConnectionLimitProtocol http) {
            http.observe(observer);
            // Whoever asks before sending a body that is too large is told before sending it.
            http.setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString());
            http.setMaxExtensionSize(MOST_BESIDE_CHUNKS);
            http.setMaxTrailerSize(MOST_BESIDE_CHUNKS);
            if (certificatesInHeaders) {
                http.setMaxHttpRequestHeaderSize(Math.max(http.getMaxHttpRequestHeaderSize(), HEAD_WITH_CERTIFICATES));
            }
        }
        connector.addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.AFTER_INIT_EVENT)) {
                connector.getProtocolHandler().setAdapter(new RequestAdapter(connector));
            }
        });
    }

    /** Hands requests over. */
    private static final class RequestAdapter extends CoyoteAdapter {

        RequestAdapter(Connector connector) {
            super(connector);
        }

        @Override
        public void service(Request request, Response response) throws Exception {
            MessageBytes target = request.requestURI();
            if (target.equals("*")) {
                // Tomcat would answer OPTIONS * by itself, with a list of methods that are not there.
                target.setString("/*");
            }
            super.service(request, response);
            if (response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
                // The servlet has read as much of it as it wants to. Tomcat would go on, at the cost of a thread.
                request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            }
        }
    }

    /** After the framework's own customizers. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
