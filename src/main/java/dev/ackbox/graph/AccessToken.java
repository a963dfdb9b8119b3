package dev.ackbox.graph;

import dev.ackbox.security.AppSecret;
import dev.ackbox.security.MalformedTextException;
import dev.ackbox.security.SignatureScheme;
import dev.ackbox.security.UnreadableFileException;
import dev.ackbox.security.WatchedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** The token that calls are made with, as it is now. Safe for use by several threads. */
public final class AccessToken {

    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    private final Supplier<String> current;
    private final @Nullable AppSecret appSecret;

    private AccessToken(Supplier<String> current, String appSecret) {
        this.current = current;
        this.appSecret = appSecret.isEmpty() ? null : new AppSecret(appSecret);
    }

    /**
     * The token that is configured.
     *
     * @throws InvalidConfigurationPropertyValueException if it is to come from a file that cannot be used
     */
    public static AccessToken of(GraphProperties properties) {
        Path path = properties.accessTokenFile();
        if (path == null) {
            return new AccessToken(properties::accessToken, properties.appSecret());
        }
        try {
            WatchedFile<String> file = new WatchedFile<>(path, AccessToken::parse);
            return new AccessToken(() -> current(file), properties.appSecret());
        } catch (UnreadableFileException ex) {
            throw new InvalidConfigurationPropertyValueException(
                    "ackbox.graph.access-token-file", path, "It cannot be used: " + ex.reason());
        }
    }

    /** The app's own token, which some calls about an app need. */
    public static AccessToken ofApp(String appId, String appSecret) {
        return new AccessToken(() -> appId + "|" + appSecret, "");
    }

    /** Looks at the file before each call: that is cheap beside the call. */
    private static String current(WatchedFile<String> file) {
        file.look();
        return file.value();
    }

    private static String parse(byte[] content) throws MalformedTextException {
        String token = new String(content, StandardCharsets.UTF_8).strip();
        if (!TOKEN.matcher(token).matches()) {
            throw new MalformedTextException("expected one access token and nothing else");
        }
        return token;
    }

    /** The token itself: for a call, and for nothing that is kept or shown. */
    public String value() {
        return current.get();
    }

    /**
     * Proves to Meta that the caller has the app's secret too; absent if the secret is not set.
     *
     * @param token the same as in the call
     */
    @Nullable
    String proof(String token) {
        if (appSecret == null) {
            return null;
        }
        String signature = SignatureScheme.META.sign(token.getBytes(StandardCharsets.UTF_8), appSecret);
        return signature.substring(signature.indexOf('=') + 1);
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "AccessToken[***]";
    }
}
