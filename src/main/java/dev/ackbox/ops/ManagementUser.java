package dev.ackbox.ops;

import dev.ackbox.security.Sha256;
import java.security.MessageDigest;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * The one user of the management port, by password. A slow hash would protect a password that is stored; this one stands in the
 * settings, and a hash that is slow for each request would let anybody take time from the receiving of notifications.
 */
final class ManagementUser implements AuthenticationProvider {

    static final String NAME = "ackbox";

    private final byte[] name;
    private final byte[] password;

    private final List<GrantedAuthority> authorities;

    /** @param authority what the user is granted */
    ManagementUser(String password, String authority) {
        this.name = Sha256.of(NAME);
        this.password = Sha256.of(password);
        this.authorities = List.of(new SimpleGrantedAuthority(authority));
    }

    /** Compares digests, which are of one length, and both of them, so that the time tells nothing. */
    @Override
    public Authentication authenticate(Authentication authentication) {
        boolean itsName = MessageDigest.isEqual(name, Sha256.of(authentication.getName()));
        boolean itsPassword =
                MessageDigest.isEqual(password, Sha256.of(String.valueOf(authentication.getCredentials())));
        if (!(itsName && itsPassword)) {
            throw new BadCredentialsException("Not the management user");
        }
        return UsernamePasswordAuthenticationToken.authenticated(NAME, null, authorities);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
