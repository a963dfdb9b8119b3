package dev.ackbox.ops;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether a management password is set. Reads it as {@link ManagementProperties} does, so that both agree. */
final class OnManagementPassword implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return !Binder.get(context.getEnvironment())
                .bind(ManagementProperties.PASSWORD, String.class)
                .orElse("")
                .isBlank();
    }
}
