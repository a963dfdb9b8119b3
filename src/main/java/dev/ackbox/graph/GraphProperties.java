package dev.ackbox.graph;

import dev.ackbox.command.WebUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How Meta's Graph API is called. Without an access token, nothing calls it.
 *
 * @param url where the API is
 * @param version which version is called, such as 'v26.0'
 * @param accessToken of a system user
 * @param accessTokenFile a file with the access token instead; read again when it changes
 * @param appSecret secret of the app that the token is of; with it, each call proves that it comes from the app ('appsecret_proof'). Of
 *     several with commas between them, the first counts.
 * @param appId id of the app whose fields and callback URL the commands show and change; by default the token's, which is also the one that
 *     Meta subscribes to accounts, whatever is set here
 * @param connectTimeout how long a connection may take
 * @param readTimeout how long an answer may take
 * @param maxAttempts how often a call is made whose failure Meta calls transient
 * @param retryDelay how long to wait before the second attempt; doubled before each further one
 * @param afterUnknownSend what happens to a message of which nobody knows whether Meta has sent it: 'fail' makes the record a dead
 *     letter, 'resend' may send the message twice
 * @param media how media are downloaded
 */
@ConfigurationProperties("ackbox.graph")
public record GraphProperties(
        @DefaultValue("https://graph.facebook.com") URI url,
        @DefaultValue("v26.0") String version,
        @DefaultValue("") String accessToken,
        @Nullable Path accessTokenFile,
        @DefaultValue("") String appSecret,
        @DefaultValue("") String appId,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("20s") Duration readTimeout,
        @DefaultValue("3") int maxAttempts,
        @DefaultValue("500ms") Duration retryDelay,
        @DefaultValue("fail") AfterUnknownSend afterUnknownSend,
        @DefaultValue MediaSettings media) {

    private static final String PREFIX = "'ackbox.graph.";
    private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]{0,2}\\.[0-9]{1,2}");
    private static final Pattern ID = Pattern.compile("[0-9]*");

    /** Visible ASCII: anything else cannot be in a header. */
    private static final Pattern TOKEN = Pattern.compile("[!-~]*");

    /** What happens to a message of which nobody knows whether Meta has sent it. */
    public enum AfterUnknownSend {
        RESEND,
        FAIL
    }

    /**
     * How media are downloaded.
     *
     * @param maxSize larger ones are not downloaded; Meta's own limit is 100 MB, for documents
     * @param hosts hosts that media may be downloaded from; the access token is sent to them
     * @param timeout how long a download may take as a whole
     */
    public record MediaSettings(
            @DefaultValue("100MB") DataSize maxSize,
            @DefaultValue("lookaside.fbsbx.com") List<String> hosts,
            @DefaultValue("2m") Duration timeout) {

        public MediaSettings {
            require(maxSize.toBytes() > 0, "media.max-size", "must be more than nothing");
            require(!hosts.isEmpty(), "media.hosts", "must not be empty");
            requirePositive(timeout, "media.timeout");
            hosts = List.copyOf(hosts);
        }
    }

    public GraphProperties {
        require(WebUrl.isWhole(url) && url.getQuery() == null, "url", "must be a whole https URL without a query");
        require(VERSION.matcher(version).matches(), "version", "must be of the form v26.0");
        require(TOKEN.matcher(accessToken).matches(), "access-token", "must be one word of ASCII characters");
        require(
                accessToken.isEmpty() || accessTokenFile == null,
                "access-token-file",
                "does not go with 'ackbox.graph.access-token' (ACKBOX_ACCESS_TOKEN): set one of them");
        require(ID.matcher(appId).matches(), "app-id", "must be digits");
        requirePositive(connectTimeout, "connect-timeout");
        requirePositive(readTimeout, "read-timeout");
        require(maxAttempts >= 1 && maxAttempts <= 10, "max-attempts", "must be from 1 to 10");
        require(!retryDelay.isNegative(), "retry-delay", "must not be negative");
        appSecret = appSecret.split(",", 2)[0].strip();
    }

    private static void requirePositive(Duration duration, String name) {
        require(!duration.isNegative() && !duration.isZero(), name, "must be more than nothing");
    }

    private static void require(boolean holds, String name, String message) {
        if (!holds) {
            throw new IllegalArgumentException(PREFIX + name + "' " + message);
        }
    }

    /** Whether there is a token to call with. */
    public boolean isConfigured() {
        return !accessToken.isEmpty() || accessTokenFile != null;
    }

    /** Never a token or a secret. */
    @Override
    public String toString() {
        return "GraphProperties[" + url + ", " + version + "]";
    }
}
