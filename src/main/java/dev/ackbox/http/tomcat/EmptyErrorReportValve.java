package dev.ackbox.http.tomcat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/** Answers what Tomcat itself rejects, such as a malformed request line, with the status alone, and counts it. */
public final class EmptyErrorReportValve extends ErrorReportValve {

    /** Versions, codings and methods that the sender made up: the service is not at fault, and its operator is not called. */
    private static final Set<Integer> TO_BLAME_ON_SENDER =
            Set.of(HttpServletResponse.SC_NOT_IMPLEMENTED, HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED);

    private final Runnable malformed;

    private EmptyErrorReportValve(Runnable malformed) {
        this.malformed = malformed;
    }

    /**
     * Puts this valve in the place of Tomcat's error pages.
     *
     * @param malformed called for each request that Tomcat itself rejects
     */
    public static void replaceErrorPages(TomcatServletWebServerFactory factory, Runnable malformed) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                for (Valve valve : host.getPipeline().getValves()) {
                    if (valve instanceof ErrorReportValve) {
                        host.getPipeline().removeValve(valve);
                    }
                }
                host.setErrorReportValveClass(EmptyErrorReportValve.class.getName());
                host.getPipeline().addValve(new EmptyErrorReportValve(malformed));
            }
        });
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        boolean isRejectedByTomcat = response.isError();
        super.invoke(request, response);
        if (isRejectedByTomcat) {
            malformed.run();
        }
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        // No body: whoever sends such requests is told no more.
        if (TO_BLAME_ON_SENDER.contains(response.getStatus())) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        }
    }
}
