package dev.ackbox.ops;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the management port beyond health and metrics.
 *
 * @param password password of the management user 'ackbox', of at least 12 characters; without it, and without settings for
 *     tokens, all that asks for the user is off
 * @param authority what a token has to grant for its bearer to be the management user; never nothing
 */
@ConfigurationProperties("ackbox.management")
record ManagementProperties(
        @DefaultValue("") String password,
        @DefaultValue(DEFAULT_AUTHORITY) String authority) {

    static final String PASSWORD = "ackbox.management.password";
    static final String AUTHORITY = "ackbox.management.authority";
    static final String DEFAULT_AUTHORITY = "SCOPE_ackbox";
    static final int MIN_PASSWORD_LENGTH = 12;

    ManagementProperties {
        if (!password.isBlank() && password.length() < MIN_PASSWORD_LENGTH) {
            throw new PasswordTooShortException();
        }
        if (authority.isBlank()) {
            authority = DEFAULT_AUTHORITY;
        }
    }

    boolean hasPassword() {
        return !password.isBlank();
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "ManagementProperties[" + (hasPassword() ? "***" : "no password") + ", " + authority + "]";
    }

    /** Says nothing about the password that was given, not even its length. */
    static final class PasswordTooShortException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        PasswordTooShortException() {
            super("'" + PASSWORD + "' must have at least " + MIN_PASSWORD_LENGTH + " characters");
        }
    }
}
