package dev.ackbox.graph;

import dev.ackbox.security.AppSecret;
import dev.ackbox.security.MalformedTextException;
import dev.ackbox.security.SignatureScheme;
import dev.ackbox.security.UnreadableFileException;
import dev.ackbox.security.WatchedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** The token that calls are made with, as it is now. Safe for use by several threads. */
public final class AccessToken implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    private final Supplier<String> current;
    private final @Nullable AppSecret appSecret;
    private final @Nullable WatchedFile<String> file;

    private AccessToken(Supplier<String> current, String appSecret, @Nullable WatchedFile<String> file) {
        this.current = current;
        this.appSecret = appSecret.isEmpty() ? null : new AppSecret(appSecret);
        this.file = file;
    }

    /**
     * The token that is configured.
     *
     * @throws InvalidConfigurationPropertyValueException if it is to come from a file that cannot be used
     */
    public static AccessToken of(GraphProperties properties, Clock clock) {
        Path path = properties.accessTokenFile();
        if (path == null) {
            return new AccessToken(properties::accessToken, properties.appSecret(), null);
        }
        try {
            WatchedFile<String> file =
                    WatchedFile.open(path, AccessToken::parse, properties.accessTokenInterval(), clock);
            return new AccessToken(file::value, properties.appSecret(), file);
        } catch (UnreadableFileException ex) {
            throw new InvalidConfigurationPropertyValueException(
                    "ackbox.graph.access-token-file", path, "It cannot be used: " + ex.reason());
        }
    }

    /** The app's own token, which some calls about an app need. */
    public static AccessToken ofApp(String appId, String appSecret) {
        return new AccessToken(() -> appId + "|" + appSecret, "", null);
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
     * Proves that whoever has the token also has the app's secret; absent where that is not known.
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

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "AccessToken[***]";
    }
}
