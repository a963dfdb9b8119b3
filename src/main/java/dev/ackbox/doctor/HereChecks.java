package dev.ackbox.doctor;

import dev.ackbox.command.Settings;
import dev.ackbox.dispatch.HandledFields;
import dev.ackbox.endpoint.EndpointProperties;
import dev.ackbox.endpoint.EndpointProperties.AuthenticatorType;
import dev.ackbox.endpoint.EndpointsProperties;
import dev.ackbox.graph.GraphProperties;
import dev.ackbox.graph.GraphVersion;
import dev.ackbox.http.HttpProperties;
import dev.ackbox.http.InvalidSettingException;
import dev.ackbox.inbox.InboxProperties;
import dev.ackbox.inbox.InboxProperties.Engine;
import dev.ackbox.inbox.postgresql.DatabaseCheck;
import dev.ackbox.inbox.postgresql.DatabaseException;
import dev.ackbox.ops.PayloadMemory;
import dev.ackbox.security.SecretDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.validation.FieldError;

/** What can be checked on the machine that the service runs on, whether it runs or not. */
final class HereChecks {

    private static final Duration WRONG_CLOCK = Duration.ofSeconds(30);
    private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__.*\\.sql");

    private final Settings settings;
    private final HttpClient client;
    private final Clock clock;
    private final Limits limits;
    private final Report report;
    private @Nullable Set<String> handledFields;

    HereChecks(Settings settings, HttpClient client, Clock clock, Limits limits, Report report) {
        this.settings = settings;
        this.client = client;
        this.clock = clock;
        this.limits = limits;
        this.report = report;
    }

    void run() throws InterruptedException {
        settings();
        secrets();
        dataDirectory();
        clock();
        schema();
        new CertificateChecks(settings, clock, report).run();
        memory();
        version();
    }

    /** The fields that handlers here take something of; absent where that cannot be told. */
    @Nullable
    Set<String> handledFields() {
        return handledFields;
    }

    private void settings() {
        try (UnstartedApplication application = new UnstartedApplication(settings)) {
            handledFields = HandledFields.of(application.beans());
        } catch (RuntimeException ex) {
            report.finding(Check.SETTINGS, "Ackbox would not start: " + reason(ex), advice(ex));
            return;
        }
        List<String> incomplete = new ArrayList<>();
        endpoints().forEach((name, endpoint) -> {
            if (endpoint.verifyTokens().isEmpty()) {
                incomplete.add("endpoint '" + name + "' has no verify token");
            }
            if (endpoint.appSecrets().isEmpty() && endpoint.authenticator() != AuthenticatorType.NONE) {
                incomplete.add("endpoint '" + name + "' has no app secret");
            }
        });
        if (incomplete.isEmpty()) {
            report.ok(
                    Check.SETTINGS,
                    "complete; endpoints: "
                            + String.join(", ", new TreeSet<>(endpoints().keySet())));
        } else {
            report.finding(
                    Check.SETTINGS,
                    String.join("; ", incomplete),
                    "set ACKBOX_VERIFY_TOKEN and ACKBOX_APP_SECRET as the service has them, and run the doctor with its environment");
        }
    }

    /** Ackbox's own messages alone: others may hold a value. */
    private static String reason(RuntimeException ex) {
        for (@Nullable Throwable cause = ex; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof InvalidSettingException || message.startsWith("'ackbox.")) {
                return message;
            } else if (cause instanceof BindValidationException invalid) {
                ConfigurationPropertyName prefix = invalid.getValidationErrors().getName();
                return invalid.getValidationErrors().getAllErrors().stream()
                        .map(error ->
                                error instanceof FieldError field ? prefix + "." + field.getField() : prefix.toString())
                        .collect(Collectors.joining(", ", "wrong: ", ""));
            } else if (cause instanceof BindException failed && failed.getProperty() != null) {
                return "'" + failed.getProperty().getName() + "' cannot be read";
            }
        }
        return ex instanceof BeansException
                ? "a setting or a bean cannot be read (" + ex.getClass().getSimpleName() + ")"
                : String.valueOf(ex.getMessage()).lines().findFirst().orElse("");
    }

    private static String advice(RuntimeException ex) {
        for (@Nullable Throwable cause = ex; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidSettingException setting) {
                return setting.action();
            }
        }
        return "correct it; a start of the service says more";
    }

    private Map<String, EndpointProperties> endpoints() {
        return settings.bind("ackbox", EndpointsProperties.class).served();
    }

    /** Long secrets by their digest; verify tokens may be short enough to be guessed from one. */
    private void secrets() {
        List<String> found = new ArrayList<>();
        boolean demo = false;
        for (Map.Entry<String, EndpointProperties> endpoint : new java.util.TreeMap<>(endpoints()).entrySet()) {
            List<String> prints = endpoint.getValue().appSecrets().stream()
                    .map(SecretDigest::of)
                    .toList();
            demo |= endpoint.getValue().appSecrets().contains("demo-secret");
            found.add(endpoint.getKey() + ": app secrets " + (prints.isEmpty() ? "none" : String.join(", ", prints))
                    + ", " + "verify tokens: "
                    + endpoint.getValue().verifyTokens().size());
        }
        String all = found.isEmpty() ? "no endpoint" : String.join("; ", found);
        if (demo) {
            report.finding(
                    Check.SECRETS,
                    all,
                    "everybody knows the secret of the profile 'local': set ACKBOX_APP_SECRET to the app's own");
        } else {
            report.ok(Check.SECRETS, all);
        }
    }

    private InboxProperties inbox() {
        return settings.bind("ackbox.inbox", InboxProperties.class);
    }

    private boolean isInPostgresql() {
        return inbox().engine() == Engine.POSTGRESQL;
    }

    private Path directory() {
        return inbox().sqlite().directory();
    }

    private void dataDirectory() {
        if (isInPostgresql()) {
            report.ok(Check.DATA_DIRECTORY, "none is needed: the inbox is in PostgreSQL");
            return;
        }
        Path directory = directory();
        if (!Files.exists(directory)) {
            report.couldNotCheck(
                    Check.DATA_DIRECTORY,
                    "there is no directory " + directory + " yet",
                    "set ACKBOX_DATA_DIR as the service has it; the service creates the directory");
            return;
        }
        try {
            Duration fsync = fsync(directory);
            long space = Files.getFileStore(directory).getUsableSpace();
            String detail = directory + " can be written, fsync takes " + fsync.toMillis() + " ms, " + (space >> 20)
                    + " MB are free";
            if (space < limits.leastSpace()) {
                report.finding(Check.DATA_DIRECTORY, detail, "make room: a full disk stops receiving");
            } else if (fsync.compareTo(limits.slowFsync()) > 0) {
                report.finding(
                        Check.DATA_DIRECTORY, detail, "put it on a faster disk: each notification waits for an fsync");
            } else {
                report.ok(Check.DATA_DIRECTORY, detail);
            }
        } catch (IOException ex) {
            report.finding(
                    Check.DATA_DIRECTORY,
                    directory + " cannot be written (" + ex.getClass().getSimpleName() + ")",
                    "give the user of the service the right to write there");
        }
    }

    private Duration fsync(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, ".doctor-", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            Duration fastest = fsync(channel);
            for (int i = 1; i < Limits.TRIES && fastest.compareTo(limits.slowFsync()) > 0; i++) {
                Duration next = fsync(channel);
                fastest = next.compareTo(fastest) < 0 ? next : fastest;
            }
            return fastest;
        } finally {
            Files.delete(file);
        }
    }

    private static Duration fsync(FileChannel channel) throws IOException {
        channel.write(ByteBuffer.allocate(4096));
        long start = System.nanoTime();
        channel.force(true);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** By Meta's clock. */
    private void clock() throws InterruptedException {
        GraphProperties graph = settings.bind("ackbox.graph", GraphProperties.class);
        if (!graph.isConfigured()) {
            report.couldNotCheck(
                    Check.CLOCK,
                    "there is no access token",
                    "set ACKBOX_ACCESS_TOKEN: the clock is compared with Meta's");
            return;
        }
        try {
            HttpResponse<Void> answer = client.send(
                    HttpRequest.newBuilder(graph.url())
                            .method("HEAD", HttpRequest.BodyPublishers.noBody())
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    BodyHandlers.discarding());
            Instant theirs = ZonedDateTime.parse(
                            answer.headers().firstValue("Date").orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration difference = Duration.between(theirs, clock.instant()).abs();
            String detail = "differs from Meta's by " + difference.toSeconds() + " s";
            if (difference.compareTo(WRONG_CLOCK) > 0) {
                report.finding(
                        Check.CLOCK,
                        detail,
                        "set the machine's clock, for example by NTP: retries and retention go by it");
            } else {
                report.ok(Check.CLOCK, detail);
            }
        } catch (IOException | DateTimeException ex) {
            report.couldNotCheck(
                    Check.CLOCK, "Meta does not answer with a time", "compare the machine's clock with another one");
        }
    }

    /** What the file says of itself, and nothing that is stored in it. */
    private void schema() {
        if (isInPostgresql()) {
            schemaOfDatabase();
            return;
        }
        Path file = directory().resolve("inbox.db");
        if (!Files.exists(file)) {
            report.couldNotCheck(
                    Check.SCHEMA, "there is no database " + file + " yet", "the service creates it at its first start");
            return;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro");
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(
                        "SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success = 1")) {
            schema(row.next() ? row.getInt(1) : 0, newestSchema("sqlite"));
        } catch (SQLException | IOException ex) {
            String said = String.valueOf(ex.getMessage());
            if (said.contains("SQLITE_NOTADB") || said.contains("SQLITE_CORRUPT")) {
                report.finding(
                        Check.SCHEMA, "the file " + file + " is damaged, or no database of Ackbox", "restore a backup");
            } else {
                report.couldNotCheck(
                        Check.SCHEMA,
                        "the database " + file + " cannot be opened",
                        "run the doctor as the user of the service");
            }
        }
    }

    private void schema(int found, int newest) {
        String detail = "version " + found + ", this Ackbox has " + newest;
        if (found > newest) {
            report.finding(
                    Check.SCHEMA, detail, "a newer Ackbox has used this database: run that, or restore a backup");
        } else {
            report.ok(Check.SCHEMA, detail + (found < newest ? ": the next start upgrades it" : ""));
        }
    }

    private void schemaOfDatabase() {
        try {
            schema(DatabaseCheck.schemaVersion(inbox().postgresql()), newestSchema("postgresql"));
        } catch (DatabaseException ex) {
            report.finding(Check.SCHEMA, String.valueOf(ex.getMessage()), ex.action());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static int newestSchema(String engine) throws IOException {
        Resource[] migrations = new PathMatchingResourcePatternResolver()
                .getResources("classpath*:dev/ackbox/inbox/" + engine + "/V*__*.sql");
        return Arrays.stream(migrations)
                .map(migration -> MIGRATION.matcher(String.valueOf(migration.getFilename())))
                .filter(java.util.regex.Matcher::matches)
                .map(name -> Integer.valueOf(name.group(1)))
                .max(Comparator.naturalOrder())
                .orElse(0);
    }

    private void memory() {
        PayloadMemory memory = PayloadMemory.of(
                settings.bind("ackbox.http", HttpProperties.class),
                settings.bind("ackbox.inbox", InboxProperties.class),
                Runtime.getRuntime().maxMemory());
        String detail = "the bounds of payloads in memory come to " + memory.megabytes()
                + " MB, the heap of this process has " + memory.heapMegabytes() + " MB";
        if (memory.isTooMuch()) {
            report.finding(
                    Check.MEMORY,
                    detail,
                    "run the doctor with the -Xmx of the service; if that is what it has, give the service more memory, or lower ackbox.http.max-bytes-in-flight, ackbox.inbox.max-bytes-in-memory and"
                            + " ackbox.inbox.max-bytes-to-write");
        } else {
            report.ok(Check.MEMORY, detail);
        }
    }

    private void version() {
        String build;
        try {
            build = PropertiesLoaderUtils.loadProperties(new ClassPathResource("META-INF/build-info.properties"))
                    .getProperty("build.version", "unknown");
        } catch (IOException ex) {
            build = "unknown";
        }
        GraphProperties graph = settings.bind("ackbox.graph", GraphProperties.class);
        String detail = "Ackbox " + build + ", Java " + Runtime.version().feature() + ", Graph API " + graph.version();
        String warning = GraphVersion.warning(graph.version(), clock);
        if (warning == null) {
            report.ok(Check.VERSION, detail);
        } else {
            report.finding(Check.VERSION, detail, warning);
        }
    }
}
