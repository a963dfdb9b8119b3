package dev.ackbox.ops;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * What whoever is not the management user is answered: a status and a header. The framework's own answers have an error page
 * written, and tell what is wrong with a token.
 */
record ManagementRefusals(boolean password, boolean tokens) implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final String BASIC = "Basic realm=\"Ackbox\", charset=\"UTF-8\"";
    private static final String BEARER = "Bearer realm=\"Ackbox\"";

    /** Asks for the user in each way that is set. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException ex) {
        if (ex instanceof AuthenticationServiceException) {
            response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
            return;
        }
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
        if (password) {
            response.addHeader(HttpHeaders.WWW_AUTHENTICATE, BASIC);
        }
        if (tokens) {
            boolean presented = ex instanceof OAuth2AuthenticationException;
            response.addHeader(HttpHeaders.WWW_AUTHENTICATE, presented ? BEARER + ", error=\"invalid_token\"" : BEARER);
        }
    }

    /** Only a token can be good and yet not enough. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException ex) {
        response.setStatus(HttpStatus.FORBIDDEN.value());
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, BEARER + ", error=\"insufficient_scope\"");
    }
}
