package dev.ackbox.ops;

import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Whether anybody can be the management user: by a password, or by a token. Reads each setting as whoever uses it does, so that
 * both agree.
 */
final class OnManagementUser implements Condition {

    /** Any of these makes the framework check tokens. */
    private static final List<String> TOKENS = List.of(
            "spring.security.oauth2.resourceserver.jwt.issuer-uri",
            "spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
            "spring.security.oauth2.resourceserver.jwt.public-key-location");

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        return hasPassword(environment) || takesTokens(environment);
    }

    static boolean takesTokens(Environment environment) {
        return TOKENS.stream().map(environment::getProperty).anyMatch(StringUtils::hasText);
    }

    private static boolean hasPassword(Environment environment) {
        return !Binder.get(environment)
                .bind(ManagementProperties.PASSWORD, String.class)
                .orElse("")
                .isBlank();
    }
}
