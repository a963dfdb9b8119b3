package dev.ackbox.security.certificate;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Finds the one common name of a subject. */
final class Subject {

    private static final Set<String> COMMON_NAME = Set.of("cn", "commonname", "2.5.4.3", "oid.2.5.4.3");

    /** What may follow a backslash by itself (RFC 2253, and a space as well). */
    private static final String ESCAPED = " ,=+<>#;\"\\";

    private static final Pattern SLASH_BEFORE_TYPE = Pattern.compile("/(?=[A-Za-z][A-Za-z0-9.-]*=)");

    private Subject() {}

    /** Of a certificate. */
    static String commonName(X500Principal subject) throws RefusedException {
        return commonName(parse(subject.getName(X500Principal.RFC2253)));
    }

    /** Of a distinguished name in the form of RFC 2253. */
    static String commonName(String subject) throws RefusedException {
        checkEscapes(subject);
        return commonName(parse(subject));
    }

    /** Of a distinguished name in OpenSSL's older form, {@code /C=US/CN=name}, in which nothing is escaped. */
    static String commonNameOfSlashForm(String subject) throws RefusedException {
        if (!subject.startsWith("/")) {
            throw new RefusedException(RefusalReason.MALFORMED_SUBJECT);
        }
        String found = null;
        for (String part : SLASH_BEFORE_TYPE.split(subject.substring(1), -1)) {
            int equals = part.indexOf('=');
            if (equals <= 0) {
                throw new RefusedException(RefusalReason.MALFORMED_SUBJECT);
            }
            if (isCommonName(part.substring(0, equals))) {
                found = only(found, part.substring(equals + 1));
            }
        }
        return present(found);
    }

    /**
     * Refuses letters, digits and the like in disguise: no software escapes what need not be that has nothing to hide,
     * and the parser reads it all.
     */
    private static void checkEscapes(String subject) throws RefusedException {
        for (int i = subject.indexOf('\\'); i >= 0; i = subject.indexOf('\\', i + 2)) {
            if (i + 1 == subject.length() || !isNeeded(subject, i + 1)) {
                throw new RefusedException(RefusalReason.MALFORMED_SUBJECT);
            }
        }
    }

    private static boolean isNeeded(String subject, int escaped) {
        if (ESCAPED.indexOf(subject.charAt(escaped)) >= 0) {
            return true;
        }
        if (escaped + 1 == subject.length()
                || !HexFormat.isHexDigit(subject.charAt(escaped))
                || !HexFormat.isHexDigit(subject.charAt(escaped + 1))) {
            return false;
        }
        int value = HexFormat.fromHexDigits(subject, escaped, escaped + 2);
        return value < 0x20 || value > 0x7e;
    }

    private static LdapName parse(String subject) throws RefusedException {
        try {
            return new LdapName(subject);
        } catch (InvalidNameException | IllegalArgumentException ex) {
            throw new RefusedException(RefusalReason.MALFORMED_SUBJECT);
        }
    }

    private static String commonName(LdapName subject) throws RefusedException {
        String found = null;
        for (Rdn rdn : subject.getRdns()) {
            if (rdn.size() == 0) {
                throw new RefusedException(RefusalReason.MALFORMED_SUBJECT);
            }
            if (rdn.size() > 1) {
                throw new RefusedException(RefusalReason.MULTI_VALUED_NAME);
            }
            if (isCommonName(rdn.getType())) {
                found = only(found, rdn.getValue());
            }
        }
        return present(found);
    }

    private static boolean isCommonName(String type) {
        return COMMON_NAME.contains(type.toLowerCase(Locale.ROOT));
    }

    private static String only(@Nullable String found, Object value) throws RefusedException {
        if (found != null) {
            throw new RefusedException(RefusalReason.SEVERAL_COMMON_NAMES);
        }
        if (value instanceof String text) {
            return text;
        }
        // Written as '#' and the bytes of its encoding.
        throw new RefusedException(RefusalReason.MALFORMED_SUBJECT);
    }

    private static String present(@Nullable String found) throws RefusedException {
        if (found == null) {
            throw new RefusedException(RefusalReason.NO_COMMON_NAME);
        }
        return found;
    }
}
