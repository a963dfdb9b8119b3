package dev.ackbox.ops;

import dev.ackbox.ops.ManagementProperties.PasswordTooShortException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says what is wrong with the management password, but not what it is. Comes before the framework's own analyzers, which do. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ManagementPasswordFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final ConfigurationPropertyName MANAGEMENT = ConfigurationPropertyName.of("ackbox.management");
    private static final ConfigurationPropertyName AUTHORITY =
            ConfigurationPropertyName.of(ManagementProperties.AUTHORITY);

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        if (!mayBePassword(cause.getName())) {
            return null;
        }
        if (findCause(cause, PasswordTooShortException.class) != null) {
            return new FailureAnalysis(
                    "'" + ManagementProperties.PASSWORD + "' has fewer than " + ManagementProperties.MIN_PASSWORD_LENGTH
                            + " characters.",
                    "Set ACKBOX_MANAGEMENT_PASSWORD to a longer password, or to nothing if the management port is to"
                            + " serve health and metrics alone.",
                    cause);
        }
        return new FailureAnalysis(
                "'" + ManagementProperties.PASSWORD + "' cannot be read. What it is set to is not shown here.",
                "Give ACKBOX_MANAGEMENT_PASSWORD as one text without '${', which is taken for the name of another"
                        + " setting.",
                cause);
    }

    private static boolean mayBePassword(ConfigurationPropertyName name) {
        return (MANAGEMENT.equals(name) || MANAGEMENT.isAncestorOf(name)) && !AUTHORITY.equals(name);
    }
}
