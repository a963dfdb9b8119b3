package dev.ackbox.ops;

import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxProperties;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Says which engines there are where the one that was asked for is none of them. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingInboxFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

    private static final String PROPERTY = "ackbox.inbox.engine";

    private final Environment environment;

    MissingInboxFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        if (cause.getBeanType() != Inbox.class) {
            return null;
        }
        String engines = Arrays.stream(InboxProperties.Engine.values())
                .map(engine -> engine.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return new FailureAnalysis(
                "'" + PROPERTY + "' is '" + environment.getProperty(PROPERTY) + "', which is no engine of the inbox.",
                "Set ACKBOX_INBOX_ENGINE to one of: " + engines + ".",
                cause);
    }
}
