package dev.ackbox.ops;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties.Opaquetoken;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.support.BasicAuthenticationInterceptor;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.web.client.RestTemplate;

/** How tokens on the management port are checked: as the framework's own settings for a resource server say. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ManagementTokensConfiguration {

    private static final String OPAQUE = "spring.security.oauth2.resourceserver.opaquetoken.";
    private static final Duration INTROSPECTION_TIMEOUT = Duration.ofSeconds(10);

    /** In a type of its own, so that the framework does not take it for the authentication of everything. */
    record ManagementTokens(List<ManagementToken> users) {}

    /** Empty where the settings say nothing. */
    @Bean
    ManagementTokens managementTokens(
            ObjectProvider<JwtDecoder> decoder,
            ObjectProvider<JwtAuthenticationConverter> converter,
            ObjectProvider<OpaqueTokenIntrospector> introspector,
            Clock clock) {
        List<ManagementToken> users = new ArrayList<>();
        decoder.ifAvailable(present -> {
            JwtAuthenticationProvider provider = new JwtAuthenticationProvider(present);
            converter.ifAvailable(provider::setJwtAuthenticationConverter);
            users.add(new ManagementToken(provider, clock));
        });
        introspector.ifAvailable(
                present -> users.add(new ManagementToken(new OpaqueTokenAuthenticationProvider(present), clock)));
        return new ManagementTokens(List.copyOf(users));
    }

    /** The framework takes a token that does not say when it ends for one that never does, and adds this to what it checks. */
    @Bean
    OAuth2TokenValidator<Jwt> tokensEnd() {
        JwtTimestampValidator times = new JwtTimestampValidator();
        times.setAllowEmptyExpiryClaim(false);
        return times;
    }

    /** The framework's own would wait for an answer for ever. */
    @Bean
    @ConditionalOnProperty(OPAQUE + "introspection-uri")
    OpaqueTokenIntrospector opaqueTokenIntrospector(OAuth2ResourceServerProperties properties) {
        Opaquetoken settings = properties.getOpaquetoken();
        SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(INTROSPECTION_TIMEOUT);
        requests.setReadTimeout(INTROSPECTION_TIMEOUT);
        RestTemplate rest = new RestTemplate(requests);
        rest.getInterceptors()
                .add(new BasicAuthenticationInterceptor(
                        encode(given("client-id", settings.getClientId())),
                        encode(given("client-secret", settings.getClientSecret()))));
        return new SpringOpaqueTokenIntrospector(given("introspection-uri", settings.getIntrospectionUri()), rest);
    }

    private static String given(String name, @Nullable String value) {
        return Objects.requireNonNull(value, () -> "'" + OPAQUE + name + "' has to be set");
    }

    /** As RFC 6749, section 2.3.1, wants it. */
    private static String encode(String credential) {
        return URLEncoder.encode(credential, StandardCharsets.UTF_8);
    }
}
