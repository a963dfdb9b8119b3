package dev.ackbox.graph;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An error that the Graph API answers (documented: Graph API, "Handling errors"; WhatsApp Cloud API, "Error codes").
 *
 * @param status the HTTP status of the answer
 * @param code Meta's code; {@link #NO_CODE} where Meta did not name one
 * @param traceId Meta's id of the call
 * @param isTransient whether the same call may succeed soon
 * @param seen what Meta saw at a callback URL; absent unless the error is about one
 */
record GraphError(
        int status,
        int code,
        @Nullable String traceId,
        boolean isTransient,
        @Nullable String seen) {

    static final int NO_CODE = -1;

    private static final Pattern TRACE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Unknown, temporarily unavailable, too many calls of the app, too many calls of the user. */
    private static final Set<Integer> TRANSIENT = Set.of(1, 2, 4, 17);

    /** Of those, the ones that say that the call was not looked at. */
    private static final Set<Integer> TOO_MANY_CALLS = Set.of(4, 17);

    /** And the ones that may come after Meta has done what was asked. */
    private static final Set<Integer> UNCLEAR = Set.of(1, 2);

    private static final Pattern HTTP_STATUS = Pattern.compile("(?i)\\bhttp\\D{0,40}?([1-5][0-9]{2})\\b");
    private static final Pattern CURL_ERROR = Pattern.compile("(?i)\\bcurl\\D{0,40}?([0-9]{1,2})\\b");
    private static final Map<String, String> CURL_MEANINGS = Map.of(
            "6", " (there is no such host)",
            "7", " (nobody listens there)",
            "28", " (the time is over)",
            "35", " (no TLS connection)",
            "56", " (the connection is lost, perhaps refused by a proxy)",
            "60", " (the certificate is not trusted)");

    private static final int HANDSHAKE_FAILED = 2200;
    private static final int PERMISSION_DENIED = 10;
    private static final int WHATSAPP_ACCESS_DENIED = 131005;
    private static final int CONVERSATION_CLOSED = 131047;

    private static final Map<Integer, String> MEANINGS = Map.ofEntries(
            Map.entry(0, "the token cannot be authenticated"),
            Map.entry(1, "an unknown error, perhaps for a moment"),
            Map.entry(2, "the service is not available for a moment"),
            Map.entry(3, "the app lacks a capability for this call"),
            Map.entry(4, "the app has made too many calls"),
            Map.entry(PERMISSION_DENIED, "the token lacks a permission"),
            Map.entry(17, "the user of the token has made too many calls"),
            Map.entry(33, "the object is not there, or the token may not see it"),
            Map.entry(100, "a parameter is wrong, or the object is not there for this token"),
            Map.entry(190, "the access token is invalid, expired or revoked"),
            Map.entry(341, "the app has reached a limit"),
            Map.entry(368, "Meta blocks this for a violation of its policies"),
            Map.entry(803, "there is no object with this id"),
            Map.entry(HANDSHAKE_FAILED, "Meta could not verify the callback URL"),
            Map.entry(80007, "the account has made too many calls"),
            Map.entry(130429, "the number sends too fast"),
            Map.entry(131000, "something went wrong at Meta"),
            Map.entry(WHATSAPP_ACCESS_DENIED, "the token lacks a permission"),
            Map.entry(131008, "a required parameter is missing"),
            Map.entry(131009, "the value of a parameter is wrong"),
            Map.entry(131016, "the service is not available for a moment"),
            Map.entry(131021, "the recipient is the sender"),
            Map.entry(131026, "the message cannot be delivered to this user"),
            Map.entry(131030, "the recipient is not on the list of a test number"),
            Map.entry(131031, "the account is locked or restricted"),
            Map.entry(131042, "something is wrong with the payment method"),
            Map.entry(131045, "the number is not registered properly"),
            Map.entry(CONVERSATION_CLOSED, "the user wrote more than 24 hours ago: send a template"),
            Map.entry(131048, "the number is limited, since users blocked it or reported spam"),
            Map.entry(131049, "Meta does not deliver it, to keep users from too many marketing messages"),
            Map.entry(131051, "the type of the message is not supported"),
            Map.entry(131052, "the media of the user could not be downloaded"),
            Map.entry(131053, "the media could not be uploaded"),
            Map.entry(131056, "too many messages to this user in a short time"),
            Map.entry(131057, "the account is under maintenance"),
            Map.entry(131062, "this message cannot be sent to a business-scoped user id"),
            Map.entry(132000, "the number of parameters differs from the template's"),
            Map.entry(132001, "there is no such template in this language, or it is not approved"),
            Map.entry(132015, "the template is paused"),
            Map.entry(132016, "the template is disabled"),
            Map.entry(133010, "the number is not registered on the platform"));

    static GraphError of(int status, JsonNode error) {
        int code = error.path("code").asInt(NO_CODE);
        String trace = error.path("fbtrace_id").asString("");
        return new GraphError(
                status,
                code,
                TRACE_ID.matcher(trace).matches() ? trace : null,
                error.path("is_transient").asBoolean(false) || TRANSIENT.contains(code),
                code == HANDSHAKE_FAILED ? seen(error.path("message").asString("")) : null);
    }

    /** Numbers alone: the text around them may repeat the verify token. */
    private static @Nullable String seen(String message) {
        Matcher curl = CURL_ERROR.matcher(message);
        if (curl.find() && !curl.group(1).equals("0")) {
            return "no answer, curl error " + curl.group(1) + CURL_MEANINGS.getOrDefault(curl.group(1), "");
        }
        Matcher http = HTTP_STATUS.matcher(message);
        return http.find() ? "status " + http.group(1) : null;
    }

    /** Whether the call may be made again by itself. A POST is not repeated where Meta may have done it: a message would be sent twice. */
    boolean mayBeRepeated(String method) {
        return isTransient && (!method.equals("POST") || TOO_MANY_CALLS.contains(code) || isRejected());
    }

    boolean isOutcomeUnknown() {
        return (UNCLEAR.contains(code) || code == NO_CODE) && !isRejected();
    }

    private boolean isRejected() {
        return status >= 400 && status < 500;
    }

    private boolean isPermission() {
        return code == PERMISSION_DENIED || code == WHATSAPP_ACCESS_DENIED || (code >= 200 && code <= 299);
    }

    String description() {
        return "Meta answered " + status
                + (code == NO_CODE ? " and named no code" : " with code " + code + ": " + meaning())
                + (seen == null ? "" : " (it saw: " + seen + ")")
                + (traceId == null ? "" : " (fbtrace_id " + traceId + ")");
    }

    private String meaning() {
        return isPermission()
                ? "the token lacks a permission"
                : MEANINGS.getOrDefault(code, "see Meta's documentation of error codes");
    }

    GraphException exception() {
        if (code == CONVERSATION_CLOSED) {
            return new ConversationClosedException(this);
        }
        return isPermission() ? new PermissionMissingException(this) : new GraphException(this);
    }
}
