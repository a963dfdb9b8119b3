package dev.ackbox.graph;

import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether there is a token to call Meta with. */
final class OnAccessToken implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Binder binder = Binder.get(context.getEnvironment());
        return List.of("ackbox.graph.access-token", "ackbox.graph.access-token-file").stream()
                .anyMatch(setting ->
                        !binder.bind(setting, String.class).orElse("").isBlank());
    }
}
