package dev.ackbox.http.tomcat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Notes the address at the other end of the connection. Once headers of a proxy are believed, the request's own remote address
 * is the one that they tell.
 */
public final class PeerAddressValve extends ValveBase {

    private static final String ATTRIBUTE = PeerAddressValve.class.getName();

    PeerAddressValve() {
        super(true);
    }

    /** The address at the other end of a request's connection; empty, which is in no list, where this valve has not seen the request. */
    public static String peerOf(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String peer ? peer : "";
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        request.setAttribute(ATTRIBUTE, request.getPeerAddr());
        getNext().invoke(request, response);
    }
}
