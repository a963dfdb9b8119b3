package dev.ackbox.http.tomcat;

import dev.ackbox.security.AddressList;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.ValveBase;

/**
 * Leaves nothing but literal addresses in the header from which Tomcat's {@link RemoteIpValve}, which comes next, takes the
 * client's. That one asks a name service about whatever else stands there, at the sender's bidding, and takes what is found
 * to be local, or is empty, for one more proxy, so that what stands before it counts.
 */
final class LiteralAddressValve extends ValveBase {

    /** In the place of what is no address: no proxy, in no list, and malformed in a way that no name service is asked about. */
    static final String NO_ADDRESS = "[]";

    private final String header;

    LiteralAddressValve(String header) {
        super(true);
        this.header = header;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        List<String> lines = Collections.list(request.getHeaders(header));
        if (!lines.isEmpty()) {
            request.getCoyoteRequest().getMimeHeaders().setValue(header).setString(literal(lines));
        }
        getNext().invoke(request, response);
    }

    private static String literal(List<String> lines) {
        return Stream.of(String.join(",", lines).split(",", -1))
                .map(String::strip)
                .map(element -> AddressList.isAddress(element) ? element : NO_ADDRESS)
                .collect(Collectors.joining(","));
    }
}
