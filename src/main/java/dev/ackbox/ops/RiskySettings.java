package dev.ackbox.ops;

import dev.ackbox.endpoint.EndpointProperties;
import dev.ackbox.endpoint.EndpointProperties.AuthenticatorType;
import dev.ackbox.endpoint.EndpointProperties.CheckMode;
import dev.ackbox.endpoint.EndpointProperties.WhenUnreadable;
import dev.ackbox.endpoint.EndpointsProperties;
import dev.ackbox.http.HttpProperties;
import dev.ackbox.inbox.InboxProperties;
import dev.ackbox.inbox.InboxProperties.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.Environment;

/** Finds settings that are allowed, and probably not what somebody wants in production. Each finding says what to do. */
record RiskySettings(
        EndpointsProperties endpoints,
        InboxProperties inbox,
        HttpProperties http,
        Environment environment,
        LoggingSystem logging,
        long heapBytes) {

    /** Meta's app secrets (observed). */
    private static final Pattern APP_SECRET = Pattern.compile("[0-9a-f]{32}");

    private static final List<String> DEMO_VALUES = List.of("demo-token", "demo-secret");

    /** A current one, and a previous one while it is changed. */
    private static final int MOST_SECRETS = 2;

    /** Below warn, they show what was sent; the same as in application.yml. */
    private static final List<String> TELLTALE_LOGGERS = List.of(
            "org.apache.catalina",
            "org.apache.coyote",
            "org.apache.tomcat",
            "org.springframework.security",
            "org.springframework.web");

    private static final List<String> SHOWN_VALUES =
            List.of("management.endpoint.env.show-values", "management.endpoint.configprops.show-values");

    List<String> findings() {
        List<String> findings = new ArrayList<>();
        endpoints.served().forEach((name, endpoint) -> endpoint("ackbox.endpoints." + name, endpoint, findings));
        memory(findings);
        personalData(findings);
        Path directory = inbox.sqlite().directory().toAbsolutePath();
        if (inbox.engine() == Engine.SQLITE
                && directory.startsWith(
                        Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath())) {
            findings.add("The inbox is in a directory for temporary files, " + directory
                    + ": a restart of the machine may delete it. Set ACKBOX_DATA_DIR to another directory");
        }
        return findings;
    }

    private static void endpoint(String prefix, EndpointProperties endpoint, List<String> findings) {
        boolean byCertificate = endpoint.clientCertificate().mode() == CheckMode.ENFORCE;
        if (endpoint.authenticator() == AuthenticatorType.NONE && !byCertificate) {
            findings.add("'" + prefix
                    + ".authenticator' is 'none': anybody who can send from an address of the list can send"
                    + " anything. Set '" + prefix + ".client-certificate.mode' to 'enforce' too, or use signatures");
        }
        if (endpoint.addresses().mode() == CheckMode.ENFORCE
                && endpoint.addresses().whenUnreadable() == WhenUnreadable.OPEN) {
            findings.add(
                    "'" + prefix + ".addresses.when-unreadable' is 'open': while the file cannot be read, every address"
                            + " passes. Set it to 'closed'");
        }
        if (endpoint.verifyTokens().stream().anyMatch(DEMO_VALUES::contains)
                || endpoint.appSecrets().stream().anyMatch(DEMO_VALUES::contains)) {
            findings.add(
                    "'" + prefix + "' has demo values that everybody knows. Set a token and a secret of your own before"
                            + " others can reach this port");
        } else if (endpoint.authenticator() == AuthenticatorType.META
                && !endpoint.appSecrets().stream()
                        .allMatch(secret -> APP_SECRET.matcher(secret).matches())) {
            findings.add("'" + prefix
                    + ".app-secrets' has an element that does not look like an app secret of Meta, which has"
                    + " 32 digits from 0 to f. Copy it again from the app dashboard (App settings, Basic)");
        }
        if (endpoint.appSecrets().size() > MOST_SECRETS) {
            findings.add(
                    "'" + prefix + ".app-secrets' has " + endpoint.appSecrets().size()
                            + " elements. Remove those that 'ackbox.webhook.authenticated' has not counted for 7 days");
        }
        if (endpoint.printPayloads() && endpoint.appSecrets().stream().noneMatch(DEMO_VALUES::contains)) {
            findings.add(
                    "'" + prefix + ".print-payloads' is on: what users send is in standard output. Remove the setting");
        }
    }

    private void memory(List<String> findings) {
        PayloadMemory memory = PayloadMemory.of(http, inbox, heapBytes);
        if (memory.isTooMuch()) {
            findings.add("Payloads may take " + memory.megabytes() + " MB of a heap of " + memory.heapMegabytes()
                    + " MB. Give Java more memory, or lower 'ackbox.http.max-bytes-in-flight',"
                    + " 'ackbox.inbox.max-bytes-to-write' or 'ackbox.inbox.max-bytes-in-memory'");
        }
    }

    private void personalData(List<String> findings) {
        for (String name : TELLTALE_LOGGERS) {
            LoggerConfiguration logger = logging.getLoggerConfiguration(name);
            if (logger != null && logger.getEffectiveLevel().compareTo(LogLevel.WARN) < 0) {
                findings.add("The logger '" + name + "' is at " + logger.getEffectiveLevel()
                        + ": it writes what was sent, tokens included. Set 'logging.level." + name + "' to 'warn'");
            }
        }
        for (String setting : SHOWN_VALUES) {
            if (!"never".equalsIgnoreCase(environment.getProperty(setting, "never"))) {
                findings.add("'" + setting + "' shows secrets on the management port. Set it to 'never'");
            }
        }
        String pattern = environment.getProperty("server.tomcat.accesslog.pattern", "common");
        if (environment.getProperty("server.tomcat.accesslog.enabled", Boolean.class, false)
                && (pattern.matches("common|combined") || pattern.contains("%r") || pattern.contains("%q"))) {
            findings.add(
                    "'server.tomcat.accesslog.pattern' writes verify tokens to the access log. Set a pattern without %r"
                            + " and %q, such as '%t %m %U %s %D'");
        }
    }
}
