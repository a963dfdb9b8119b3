package dev.ackbox.ops;

import dev.ackbox.graph.GraphApi;
import dev.ackbox.graph.Media;
import dev.ackbox.graph.WhatsApp;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxProperties;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Says which setting a bean of Ackbox lacks. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingBeanFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

    private static final Set<Class<?>> CALLING = Set.of(WhatsApp.class, Media.class, GraphApi.class);
    private static final String ENGINE = "ackbox.inbox.engine";

    private final Environment environment;

    MissingBeanFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        Class<?> type = cause.getBeanType();
        if (type == Inbox.class) {
            String engines = Arrays.stream(InboxProperties.Engine.values())
                    .map(engine -> engine.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            return new FailureAnalysis(
                    "'" + ENGINE + "' is '" + environment.getProperty(ENGINE) + "', which is no engine of the inbox.",
                    "Set ACKBOX_INBOX_ENGINE to one of: " + engines + ".",
                    cause);
        }
        return type == null || !CALLING.contains(type)
                ? null
                : new FailureAnalysis(
                        "A handler needs the bean " + type.getSimpleName() + ", but no access token is configured.",
                        "Set ACKBOX_ACCESS_TOKEN to the token of a system user, or 'ackbox.graph.access-token-file' to a file with it.",
                        cause);
    }
}
