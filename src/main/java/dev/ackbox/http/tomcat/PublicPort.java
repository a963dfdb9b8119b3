package dev.ackbox.http.tomcat;

import java.time.Duration;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.CoyoteAdapter;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.MessageBytes;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** Keeps Tomcat from answering in the servlet's place, or before it, and from waiting for senders longer than is good. */
public final class PublicPort implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    private final Duration bodyTimeout;
    private final ConnectionObserver observer;

    /** @param bodyTimeout how long a body may take; what reads it should give up by itself, and can answer then */
    public PublicPort(Duration bodyTimeout, ConnectionObserver observer) {
        this.bodyTimeout = bodyTimeout;
        this.observer = observer;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(BoundedProtocol.class.getName());
        factory.addConnectorCustomizers(this::customize);
        factory.addEngineValves(new UnreadBodyValve());
        factory.addContextCustomizers(
                PublicPort::replaceErrorReports,
                context -> context.getPipeline().addValve(new PeerAddressValve()));
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
        if (connector.getProtocolHandler() instanceof BoundedProtocol http) {
            http.bound(bodyTimeout, observer);
            // Whoever asks before sending a body that is too large is told before sending it.
            http.setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString());
        }
        connector.addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.AFTER_INIT_EVENT)) {
                connector.getProtocolHandler().setAdapter(new RequestAdapter(connector));
            }
        });
    }

    private static void replaceErrorReports(Context context) {
        if (context.getParent() instanceof StandardHost host) {
            for (Valve valve : host.getPipeline().getValves()) {
                if (valve instanceof ErrorReportValve) {
                    host.getPipeline().removeValve(valve);
                }
            }
            host.setErrorReportValveClass(EmptyErrorReportValve.class.getName());
        }
    }

    /** Hands requests over. */
    private static final class RequestAdapter extends CoyoteAdapter {

        RequestAdapter(Connector connector) {
            super(connector);
        }

        @Override
        public void service(Request request, Response response) throws Exception {
            Connection connection = BoundedProtocol.connectionOf(request);
            if (connection != null) {
                connection.headCame();
                if (connection.isWithoutPause()) {
                    response.setHeader("Connection", "close");
                }
            }
            MessageBytes target = request.requestURI();
            if (target.equals("*")) {
                // Tomcat would answer OPTIONS * by itself, with a list of methods that are not there.
                target.setString("/*");
            }
            super.service(request, response);
            if (connection != null) {
                connection.answered();
            }
        }
    }

    /** After the framework's own customizers. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
