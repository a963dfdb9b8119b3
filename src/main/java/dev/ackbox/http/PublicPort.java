package dev.ackbox.http;

import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.CoyoteAdapter;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.MessageBytes;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** Keeps Tomcat from answering in the servlet's place, or before it. */
final class PublicPort implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(PublicPort::customize);
        factory.addContextCustomizers(
                PublicPort::replaceErrorReports,
                context -> context.getPipeline().addValve(new PeerAddressValve()));
    }

    private static void customize(Connector connector) {
        // So that TRACE is answered like any other method; the servlet echoes nothing.
        connector.setAllowTrace(true);
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            // Whoever asks before sending a body that is too large is told before sending it.
            http.setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString());
        }
        connector.addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.AFTER_INIT_EVENT)) {
                connector.getProtocolHandler().setAdapter(new EveryTarget(connector));
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

    /** Tomcat would answer {@code OPTIONS *} by itself, with a list of methods that are not there. */
    private static final class EveryTarget extends CoyoteAdapter {

        EveryTarget(Connector connector) {
            super(connector);
        }

        @Override
        public void service(Request request, Response response) throws Exception {
            MessageBytes target = request.requestURI();
            if (target.equals("*")) {
                target.setString("/*");
            }
            super.service(request, response);
        }
    }

    /** After the framework's own customizers. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
