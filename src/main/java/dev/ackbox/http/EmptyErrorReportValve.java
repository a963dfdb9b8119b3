package dev.ackbox.http;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Answers what Tomcat itself refuses, such as a malformed request line, with the status alone. */
public final class EmptyErrorReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        // Nothing: whoever sends such requests is told no more.
    }
}
