package dev.ackbox.ops;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says which setting of an endpoint cannot be read, but not what it is: it may be a secret. Comes before the framework's
 * own analyzers, which show values.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class EndpointBindingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final ConfigurationPropertyName ENDPOINTS = ConfigurationPropertyName.of("ackbox.endpoints");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        if (!mayBeSecret(cause.getName())) {
            return null;
        }
        return new FailureAnalysis(
                "'" + cause.getName()
                        + "' cannot be read. What it is set to is not shown here, since it may be a secret.",
                "Give tokens and secrets as one text, separated by commas, or each with its number from 0 on"
                        + " ('app-secrets[0]', ACKBOX_ENDPOINTS_<NAME>_APPSECRETS_0).",
                cause);
    }

    /** A list of secrets or tokens, or something in the place of an endpoint as a whole. */
    private static boolean mayBeSecret(ConfigurationPropertyName name) {
        if (!ENDPOINTS.equals(name) && !ENDPOINTS.isAncestorOf(name)) {
            return false;
        }
        if (name.getNumberOfElements() <= ENDPOINTS.getNumberOfElements() + 1) {
            return true;
        }
        String setting = name.getElement(ENDPOINTS.getNumberOfElements() + 1, Form.UNIFORM);
        return setting.equals("appsecrets") || setting.equals("verifytokens");
    }
}
