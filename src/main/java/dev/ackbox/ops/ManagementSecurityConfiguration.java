package dev.ackbox.ops;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.config.BeanIds;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who is answered on the management port: health, metrics and build are open, everything else is for the management user. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(ManagementProperties.class)
class ManagementSecurityConfiguration {

    private static final String[] OPEN = {"health", "info", "prometheus"};

    /** Nothing that is served here loads or does anything in a browser. What does brings a policy of its own. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /**
     * Keeps the filter off the public port, where Spring Boot puts each filter bean that has no registration; it has no setting for that.
     * Any name will do but {@code securityFilterChainRegistration}: the management port's context would take a registration of that name
     * over, and then not filter either. {@code PublicPortContract} fails if the public port has a filter, {@code ManagementPortTests} if
     * the management port has none.
     */
    @Bean
    DelegatingFilterProxyRegistrationBean noSecurityFilterOnPublicPort() {
        DelegatingFilterProxyRegistrationBean registration =
                new DelegatingFilterProxyRegistrationBean(BeanIds.SPRING_SECURITY_FILTER_CHAIN);
        registration.setEnabled(false);
        return registration;
    }

    @Bean
    SecurityFilterChain managementPort(
            HttpSecurity http,
            ManagementProperties properties,
            ObjectProvider<JwtDecoder> decoder,
            ObjectProvider<JwtAuthenticationConverter> converter,
            MeterRegistry registry,
            Clock clock) {
        http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(CsrfConfigurer::disable) // SameOriginFilter stands in its place
                .logout(LogoutConfigurer::disable)
                .headers(ManagementSecurityConfiguration::headers);
        List<AuthenticationProvider> users = new ArrayList<>();
        if (properties.hasPassword()) {
            users.add(new ManagementUser(properties.password(), properties.authority()));
        }
        decoder.ifAvailable(present -> users.add(tokens(present, converter.getIfAvailable())));
        if (users.isEmpty()) {
            return off(http);
        }
        ProviderManager authentication = new ProviderManager(users);
        authentication.setAuthenticationEventPublisher(new FailedLogins(registry, clock));
        return openToUser(http, properties, authentication, decoder.getIfAvailable() != null);
    }

    /** The framework takes a token that does not say when it ends for one that never does, and adds this to what it checks. */
    @Bean
    OAuth2TokenValidator<Jwt> tokensEnd() {
        JwtTimestampValidator times = new JwtTimestampValidator();
        times.setAllowEmptyExpiryClaim(false);
        return times;
    }

    private static AuthenticationProvider tokens(JwtDecoder decoder, @Nullable JwtAuthenticationConverter converter) {
        JwtAuthenticationProvider provider = new JwtAuthenticationProvider(token -> {
            try {
                return decoder.decode(token);
            } catch (JwtDecoderInitializationException ex) {
                throw new JwtException("The issuer cannot be asked", ex);
            }
        });
        if (converter != null) {
            provider.setJwtAuthenticationConverter(converter);
        }
        return provider;
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                // Not no-referrer: with that, browsers hide the origin of a form's request even from its own site.
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                // What other hosts of the domain speak is not for this port to say.
                .httpStrictTransportSecurity(transport -> transport.includeSubDomains(false));
    }

    private static SecurityFilterChain openToUser(
            HttpSecurity http,
            ManagementProperties properties,
            AuthenticationManager authentication,
            boolean takesTokens) {
        ManagementRefusals refusals = new ManagementRefusals(properties.hasPassword(), takesTokens);
        if (properties.hasPassword()) {
            http.httpBasic(basic -> basic.authenticationEntryPoint(refusals));
        }
        if (takesTokens) {
            http.addFilter(bearer(authentication, refusals));
        }
        AuthorizationManager<RequestAuthorizationContext> user =
                AuthorityAuthorizationManager.hasAuthority(properties.authority());
        return http.authenticationManager(authentication)
                .addFilterAt(new SameOriginFilter(), CsrfFilter.class)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to(OPEN))
                        // A token that is not enough must not show the details of health.
                        .access(AuthorizationManagers.anyOf(AuthenticatedAuthorizationManager.anonymous(), user))
                        .anyRequest()
                        .access(user))
                .build();
    }

    /** The filter alone: the framework's resource server would serve metadata, and take further kinds of token. */
    private static BearerTokenAuthenticationFilter bearer(
            AuthenticationManager authentication, ManagementRefusals refusals) {
        BearerTokenAuthenticationFilter filter = new BearerTokenAuthenticationFilter(authentication);
        filter.setAuthenticationEntryPoint(refusals);
        filter.setAuthenticationFailureHandler(refusals::commence);
        return filter;
    }

    /** Whatever else is exposed: without a user to ask for it is not there. */
    private static SecurityFilterChain off(HttpSecurity http) {
        return http.exceptionHandling(
                        handling -> handling.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.NOT_FOUND)))
                .authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to(OPEN))
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }
}
