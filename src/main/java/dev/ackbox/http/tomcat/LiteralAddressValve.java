package dev.ackbox.http.tomcat;

import dev.ackbox.security.AddressList;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.ValveBase;

/**
 * Leaves nothing but literal addresses, without ports, in the header from which Tomcat's {@link RemoteIpValve}, which comes next, takes the
 * client's. That one asks a name service about whatever else stands there, at the sender's bidding, and takes what is found
 * to be local, or is empty, for one more proxy, so that what stands before it counts.
 */
final class LiteralAddressValve extends ValveBase {

    /** In the place of what is no address: no proxy, in no list, and malformed in a way that no name service is asked about. */
    static final String NO_ADDRESS = "[]";

    /** {@code [2001:db8::1]:443} and {@code 192.0.2.1:443}, as some load balancers write them. */
    private static final Pattern WITH_PORT =
            Pattern.compile("\\[([0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)](?::[0-9]{1,5})?|([0-9.]+):[0-9]{1,5}");

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
                .map(LiteralAddressValve::withoutPort)
                .map(element -> AddressList.isAddress(element) ? element : NO_ADDRESS)
                .collect(Collectors.joining(","));
    }

    private static String withoutPort(String element) {
        Matcher address = WITH_PORT.matcher(element);
        if (!address.matches()) {
            return element;
        }
        return address.group(1) == null ? address.group(2) : address.group(1);
    }
}
