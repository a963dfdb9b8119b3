package dev.ackbox.inbox;

import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the inbox keeps what was received.
 *
 * @param engine where notifications are kept
 * @param duplicateWindow how long a redelivery is recognised; the platform redelivers for up to 7 days, so at least 8
 * @param payloadRetention how long the payload of a completed notification is kept
 * @param payloadRetentionOf the same by field, where it is to be shorter; 0 erases a payload soon after it is completed
 * @param deadLetterRetention how long a dead letter is kept, payload included
 * @param attemptRetention how long failed attempts are shown, counted from the notification's arrival; usually as long as its key is kept
 * @param maxHold how long the payload of a notification is kept that a consumer has not come to, at the most; after that it is
 *     discarded. Payload retention is a promise to users and wins over a consumer that is down.
 * @param maxRecordsInMemory how many records of a lane may be in memory; further ones stay in the database
 * @param maxBytesInMemory how many bytes of a lane may be in memory; further records stay in the database
 * @param maxBytesToWrite how many bytes may wait to be written before notifications are refused with 503
 * @param backupDirectory where backups go that the operator API makes; absent or empty where it makes none
 * @param sqlite the embedded engine
 * @param postgresql the engine of several replicas
 */
@ConfigurationProperties("ackbox.inbox")
@Validated
public record InboxProperties(
        @DefaultValue("sqlite") Engine engine,
        @DefaultValue("9d") Duration duplicateWindow,
        @DefaultValue("7d") @DurationMin Duration payloadRetention,
        @DefaultValue Map<String, Duration> payloadRetentionOf,
        @DefaultValue("30d") @DurationMin Duration deadLetterRetention,
        @Nullable @DurationMin Duration attemptRetention,
        @DefaultValue("30d") @DurationMin Duration maxHold,
        @DefaultValue("10000") @Positive int maxRecordsInMemory,
        @DefaultValue("32MB") DataSize maxBytesInMemory,
        @DefaultValue("64MB") DataSize maxBytesToWrite,
        @DefaultValue("") String backupDirectory,
        @DefaultValue Sqlite sqlite,
        @DefaultValue Postgresql postgresql) {

    private static final Duration SHORTEST_DUPLICATE_WINDOW = Duration.ofDays(8);

    public InboxProperties {
        if (maxBytesInMemory.toBytes() <= 0) {
            throw new IllegalArgumentException("'ackbox.inbox.max-bytes-in-memory' is " + maxBytesInMemory
                    + ", but must be more than nothing: otherwise no record is handed out");
        }
        if (duplicateWindow.compareTo(SHORTEST_DUPLICATE_WINDOW) < 0) {
            throw new IllegalArgumentException("'ackbox.inbox.duplicate-window' is " + duplicateWindow
                    + ", but must be at least 8d: the platform redelivers for up to 7 days");
        }
        if (payloadRetention.compareTo(duplicateWindow) > 0) {
            throw new IllegalArgumentException("'ackbox.inbox.payload-retention' is " + payloadRetention
                    + ", but must not be longer than 'ackbox.inbox.duplicate-window', " + duplicateWindow);
        }
        Duration longest = payloadRetention;
        payloadRetentionOf.forEach((field, retention) -> {
            if (retention.isNegative() || retention.compareTo(longest) > 0) {
                throw new IllegalArgumentException("'ackbox.inbox.payload-retention-of." + field + "' is " + retention
                        + ", but must be from 0 to 'ackbox.inbox.payload-retention', " + longest);
            }
        });
        payloadRetentionOf = Map.copyOf(payloadRetentionOf);
        attemptRetention = attemptRetention == null ? duplicateWindow : attemptRetention;
        if (attemptRetention.compareTo(duplicateWindow) > 0) {
            throw new IllegalArgumentException("'ackbox.inbox.attempt-retention' is " + attemptRetention
                    + ", but must not be longer than 'ackbox.inbox.duplicate-window', " + duplicateWindow
                    + ": then the notification itself is forgotten");
        }
        if (maxHold.compareTo(payloadRetention) < 0) {
            throw new IllegalArgumentException("'ackbox.inbox.max-hold' is " + maxHold
                    + ", but must not be shorter than 'ackbox.inbox.payload-retention', " + payloadRetention);
        }
    }

    /** How long each kind of thing is kept, in the words of the settings, for those who tell operators. */
    public Map<String, Duration> retention() {
        Map<String, Duration> retention = new LinkedHashMap<>();
        retention.put("duplicate-window", duplicateWindow);
        retention.put("payload-retention", payloadRetention);
        new TreeMap<>(payloadRetentionOf)
                .forEach((field, shorter) -> retention.put("payload-retention-of." + field, shorter));
        retention.put("dead-letter-retention", deadLetterRetention);
        retention.put("attempt-retention", attemptRetention);
        retention.put("max-hold", maxHold);
        return retention;
    }

    /** Where notifications are kept. */
    public enum Engine {
        /** One file on this machine; no server. */
        SQLITE,
        /** A PostgreSQL database, which several replicas share. */
        POSTGRESQL
    }

    /**
     * The embedded engine.
     *
     * @param directory where its file is; used by one process at a time
     */
    public record Sqlite(@DefaultValue("./data") Path directory) {}

    /**
     * The engine of several replicas. It has nothing to do with {@code spring.datasource}, which is your handlers' own.
     *
     * @param url as the JDBC driver of PostgreSQL reads it; may have its parameters, such as those of TLS
     * @param username of a user who may create a schema in the database, or owns the schema {@code ackbox}
     * @param password of that user
     */
    public record Postgresql(
            @DefaultValue("") String url,
            @DefaultValue("") String username,
            @DefaultValue("") String password) {

        /** Leaves the password out, and what may be one in the URL. */
        @Override
        public String toString() {
            return "Postgresql[" + database() + "]";
        }

        /** The URL without its parameters and without a user: what may be told. */
        public String database() {
            return url.replaceAll("\\?.*", "").replaceAll("//[^/]*@", "//");
        }
    }
}
