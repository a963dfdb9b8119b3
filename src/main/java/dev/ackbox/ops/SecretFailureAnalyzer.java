package dev.ackbox.ops;

import dev.ackbox.ops.ManagementProperties.PasswordTooShortException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says which secret, token or password cannot be read, but not what it is. Comes before the framework's own analyzers, which show
 * values.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SecretFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final ConfigurationPropertyName ENDPOINTS = ConfigurationPropertyName.of("ackbox.endpoints");
    private static final ConfigurationPropertyName MANAGEMENT = ConfigurationPropertyName.of("ackbox.management");
    private static final ConfigurationPropertyName AUTHORITY =
            ConfigurationPropertyName.of(ManagementProperties.AUTHORITY);

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConfigurationPropertyName name = cause.getName();
        if (isOfEndpoint(name)) {
            return analysis(
                    name.toString(),
                    "Give tokens and secrets as one text, separated by commas, or each with its number from 0 on"
                            + " ('app-secrets[0]', ACKBOX_ENDPOINTS_<NAME>_APPSECRETS_0).",
                    cause);
        } else if (!isIn(MANAGEMENT, name) || AUTHORITY.equals(name)) {
            return null;
        } else if (findCause(cause, PasswordTooShortException.class) == null) {
            return analysis(
                    ManagementProperties.PASSWORD,
                    "Give ACKBOX_MANAGEMENT_PASSWORD as one text without '${', which is taken for the name of another"
                            + " setting.",
                    cause);
        }
        return new FailureAnalysis(
                "'" + ManagementProperties.PASSWORD + "' has fewer than " + ManagementProperties.MIN_PASSWORD_LENGTH
                        + " characters.",
                "Set ACKBOX_MANAGEMENT_PASSWORD to a longer password, or to nothing if the management port is to"
                        + " serve health and metrics alone.",
                cause);
    }

    private static FailureAnalysis analysis(String setting, String action, BindException cause) {
        return new FailureAnalysis(
                "'" + setting + "' cannot be read. What it is set to is not shown here, since it may be a secret.",
                action,
                cause);
    }

    /** A list of secrets or tokens, or something in the place of an endpoint as a whole. */
    private static boolean isOfEndpoint(ConfigurationPropertyName name) {
        if (!isIn(ENDPOINTS, name)) {
            return false;
        }
        int elements = ENDPOINTS.getNumberOfElements() + 1;
        if (name.getNumberOfElements() <= elements) {
            return true;
        }
        String setting = name.getElement(elements, Form.UNIFORM);
        return setting.equals("appsecrets") || setting.equals("verifytokens");
    }

    private static boolean isIn(ConfigurationPropertyName all, ConfigurationPropertyName name) {
        return all.equals(name) || all.isAncestorOf(name);
    }
}
