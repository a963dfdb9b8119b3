package dev.ackbox.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The GET with which Meta checks that whoever entered a URL owns it (documented: "Verification requests").
 *
 * @param verifyToken what it presents
 * @param challenge what it wants to see again; nothing in it can be markup
 */
record Handshake(String verifyToken, String challenge) {

    private static final String MODE = "hub.mode";
    private static final String VERIFY_TOKEN = "hub.verify_token";
    private static final String CHALLENGE = "hub.challenge";

    /** Real challenges have always been digits; the documentation's own example has letters and underscores. */
    private static final Pattern CHALLENGE_FORM = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    /** Whether a request wants to be a handshake. Others come from browsers and from checks whether the URL answers. */
    static boolean isIntendedBy(HttpServletRequest request) {
        String query = request.getQueryString();
        return query != null && (query.contains("hub.") || query.contains("hub_"));
    }

    /**
     * Reads a request's parameters.
     *
     * @throws MalformedHandshakeException if a parameter is missing, repeated or of another form
     */
    static Handshake of(HttpServletRequest request) throws MalformedHandshakeException {
        if (request.getProtocol().isEmpty()) {
            // The answer would have no headers to say that it is text and no more.
            throw new MalformedHandshakeException("it is HTTP/0.9");
        }
        try {
            if (!parameter(request, MODE).equals("subscribe")) {
                throw new MalformedHandshakeException("'hub.mode' is not 'subscribe'");
            }
            String challenge = parameter(request, CHALLENGE);
            if (!CHALLENGE_FORM.matcher(challenge).matches()) {
                throw new MalformedHandshakeException(
                        "'hub.challenge' is not 1 to 200 ASCII letters, digits and '.', '_', '-'");
            }
            return new Handshake(parameter(request, VERIFY_TOKEN), challenge);
        } catch (IllegalStateException ex) {
            throw new MalformedHandshakeException("its query cannot be decoded");
        }
    }

    private static String parameter(HttpServletRequest request, String name) throws MalformedHandshakeException {
        String @Nullable [] values = request.getParameterValues(name);
        if (values == null) {
            String underscored = name.replace('.', '_');
            throw new MalformedHandshakeException(
                    request.getParameterValues(underscored) == null
                            ? "'" + name + "' is missing"
                            : "it has '" + underscored + "' in place of '" + name
                                    + "': something between Meta and Ackbox replaces dots by underscores");
        }
        if (values.length > 1) {
            throw new MalformedHandshakeException("'" + name + "' is there more than once");
        }
        return values[0];
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "Handshake[" + challenge + "]";
    }
}
