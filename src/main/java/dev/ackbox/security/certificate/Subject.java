package dev.ackbox.security.certificate;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
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

    private Subject() {}

    /** Of a certificate. */
    static String commonName(X500Principal subject) throws RejectedException {
        return commonName(parse(subject.getName(X500Principal.RFC2253)));
    }

    /** Of a distinguished name in the form of RFC 2253. */
    static String commonName(String subject) throws RejectedException {
        checkEscapes(subject);
        return commonName(parse(subject));
    }

    /**
     * Refuses letters, digits and the like in disguise: no software escapes what need not be that has nothing to hide,
     * and the parser reads it all.
     */
    private static void checkEscapes(String subject) throws RejectedException {
        for (int i = subject.indexOf('\\'); i >= 0; i = subject.indexOf('\\', i + 2)) {
            if (i + 1 == subject.length() || !isNeeded(subject, i + 1)) {
                throw new RejectedException(CertificateVerdict.MALFORMED_SUBJECT);
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

    private static LdapName parse(String subject) throws RejectedException {
        try {
            return new LdapName(subject);
        } catch (InvalidNameException | IllegalArgumentException ex) {
            throw new RejectedException(CertificateVerdict.MALFORMED_SUBJECT);
        }
    }

    private static String commonName(LdapName subject) throws RejectedException {
        String found = null;
        for (Rdn rdn : subject.getRdns()) {
            if (rdn.size() == 0) {
                throw new RejectedException(CertificateVerdict.MALFORMED_SUBJECT);
            }
            if (rdn.size() > 1) {
                throw new RejectedException(CertificateVerdict.MULTI_VALUED_NAME);
            }
            if (isCommonName(rdn.getType())) {
                found = only(found, rdn.getValue());
            }
        }
        if (found == null) {
            throw new RejectedException(CertificateVerdict.NO_COMMON_NAME);
        }
        return found;
    }

    private static boolean isCommonName(String type) {
        return COMMON_NAME.contains(type.toLowerCase(Locale.ROOT));
    }

    private static String only(@Nullable String found, Object value) throws RejectedException {
        if (found != null) {
            throw new RejectedException(CertificateVerdict.SEVERAL_COMMON_NAMES);
        }
        if (value instanceof String text) {
            return text;
        }
        // Written as '#' and the bytes of its encoding.
        throw new RejectedException(CertificateVerdict.MALFORMED_SUBJECT);
    }
}
