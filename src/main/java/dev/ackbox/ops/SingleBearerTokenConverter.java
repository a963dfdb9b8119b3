package dev.ackbox.ops;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** Takes the token of the one {@code Authorization} header. Of two, whatever stands in front may have checked the other. */
final class SingleBearerTokenConverter implements AuthenticationConverter {

    private final AuthenticationConverter header = new BearerTokenAuthenticationConverter();

    /** Returns null where there is no token. */
    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        if (Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)).size() > 1) {
            throw new OAuth2AuthenticationException(BearerTokenErrors.invalidRequest("More than one credential"));
        }
        return header.convert(request);
    }
}
