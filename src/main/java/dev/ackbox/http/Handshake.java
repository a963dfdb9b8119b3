package dev.ackbox.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The GET with which the platform makes sure that whoever entered a URL owns it (documented: "Verification requests").
 *
 * @param verifyToken what it presents
 * @param challenge what it wants to see again; nothing in it can be markup
 */
record Handshake(String verifyToken, String challenge) {

    /** Real challenges have always been digits; the documentation's own example has letters and underscores. */
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    /** Absent where a parameter is missing, repeated or of another form. */
    static @Nullable Handshake of(HttpServletRequest request) {
        String mode = parameter(request, "hub.mode");
        String verifyToken = parameter(request, "hub.verify_token");
        String challenge = parameter(request, "hub.challenge");
        if (!"subscribe".equals(mode)
                || verifyToken == null
                || challenge == null
                || !CHALLENGE.matcher(challenge).matches()) {
            return null;
        }
        return new Handshake(verifyToken, challenge);
    }

    private static @Nullable String parameter(HttpServletRequest request, String name) {
        try {
            String[] values = request.getParameterValues(name);
            return values != null && values.length == 1 ? values[0] : null;
        } catch (IllegalStateException ex) {
            return null; // the query string cannot be decoded
        }
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "Handshake[" + challenge + "]";
    }
}
