package dev.ackbox.ops;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.BeanIds;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;

/** Who is answered on the management port: health, metrics and build are open, everything else is for the management user. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(ManagementProperties.class)
class ManagementSecurityConfiguration {

    private static final String[] OPEN = {"health", "info", "prometheus"};

    /**
     * Keeps the filter off the public port, where it would otherwise be put like any other bean of its kind. The management
     * port's context takes the filter, but not this registration: it looks for one that is named {@code
     * securityFilterChainRegistration}.
     */
    @Bean
    DelegatingFilterProxyRegistrationBean noSecurityFilterOnPublicPort() {
        DelegatingFilterProxyRegistrationBean registration =
                new DelegatingFilterProxyRegistrationBean(BeanIds.SPRING_SECURITY_FILTER_CHAIN);
        registration.setEnabled(false);
        return registration;
    }

    @Bean
    SecurityFilterChain managementPort(HttpSecurity http, ManagementProperties properties) {
        http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // Nothing but reads is offered. Whatever writes has to bring a protection of its own: browsers send the
                // password of HTTP Basic along with a request that another site made them send.
                .csrf(CsrfConfigurer::disable)
                .logout(LogoutConfigurer::disable);
        return properties.hasPassword() ? openToUser(http, properties.password()) : off(http);
    }

    private static SecurityFilterChain openToUser(HttpSecurity http, String password) {
        AuthenticationEntryPoint ask = ManagementSecurityConfiguration::askForUser;
        return http.authenticationManager(new ProviderManager(new ManagementUser(password)))
                .httpBasic(basic -> basic.authenticationEntryPoint(ask))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(ask))
                .authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to(OPEN))
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
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

    /** With nothing but a status and a header, where the framework's own entry point has the error page written. */
    private static void askForUser(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException ex) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Ackbox\", charset=\"UTF-8\"");
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
    }
}
