package dev.ackbox.security;

import dev.ackbox.security.SignatureDiagnosis.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells by the text of a body whether it is a notification, or one in a form that a gateway put it into. */
final class Wrapping {

    /** The Base64 of an opening brace and a quotation mark. */
    private static final String BASE64_OF_JSON = "eyJ";

    /** API Gateway and the application load balancer put one of these into each event (documented: Lambda proxy integration). */
    private static final String CONTEXT_OF_EVENT = "\"requestContext\"";

    private static final String ENCODING_OF_EVENT = "\"isBase64Encoded\"";

    private final Set<String> objects;

    /** @param objects what a notification may be about; each has one of them (documented: WhatsApp Business Platform webhooks, "Payload") */
    Wrapping(Set<String> objects) {
        this.objects = Set.copyOf(objects);
    }

    /** The form that a body, or its start, has; absent where it has none of these. */
    @Nullable
    Reason of(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.startsWith("{")) {
            return text.contains(CONTEXT_OF_EVENT) || text.contains(ENCODING_OF_EVENT) ? Reason.BODY_IN_EVENT : null;
        }
        if (text.startsWith(BASE64_OF_JSON) || text.startsWith('"' + BASE64_OF_JSON)) {
            return Reason.BODY_BASE64;
        }
        return isForm(text) ? Reason.BODY_AS_FORM : null;
    }

    /** As a field of a form, as JSON in a field of one, or as a part of several. */
    private boolean isForm(String text) {
        boolean hasParts = text.startsWith("--");
        return objects.stream()
                .anyMatch(object -> text.contains("=" + object)
                        || text.contains("%22" + object)
                        || (hasParts && text.contains(object)));
    }

    boolean isNotification(String text) {
        return text.startsWith("{") && objects.stream().anyMatch(object -> text.contains('"' + object + '"'));
    }
}
