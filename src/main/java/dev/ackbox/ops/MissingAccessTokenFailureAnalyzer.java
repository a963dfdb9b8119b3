package dev.ackbox.ops;

import dev.ackbox.graph.GraphApi;
import dev.ackbox.graph.Media;
import dev.ackbox.graph.WhatsApp;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says what to do where a handler calls Meta and there is no token to call with. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingAccessTokenFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

    private static final Set<Class<?>> CALLING = Set.of(WhatsApp.class, Media.class, GraphApi.class);

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        Class<?> type = cause.getBeanType();
        if (type == null || !CALLING.contains(type)) {
            return null;
        }
        return new FailureAnalysis(
                "A handler needs the bean " + type.getSimpleName() + ", but no access token is configured.",
                "Set ACKBOX_ACCESS_TOKEN to the token of a system user, or 'ackbox.graph.access-token-file' to a file with it.",
                cause);
    }
}
