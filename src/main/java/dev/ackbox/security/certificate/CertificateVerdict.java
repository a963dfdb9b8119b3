package dev.ackbox.security.certificate;

/** What is known about the client certificate of a request. A closed set, so that it can be counted by. */
public enum CertificateVerdict {
    /** It is the expected client's. */
    VERIFIED,
    /** The client presented none. */
    MISSING,
    /** A header that a proxy sets once stands there several times, so that one of them came from somebody else. */
    REPEATED_HEADER,
    /** Longer than any proxy sends. */
    TOO_LONG,
    CONTROL_CHARACTER,
    MALFORMED_HEADER,
    MALFORMED_SUBJECT,
    MALFORMED_CERTIFICATE,
    /** The proxy says that it has not verified the certificate, or does not say that it has. */
    NOT_VERIFIED,
    /** Neither a subject nor a certificate was forwarded, or a certificate is needed and only a subject was. */
    NOTHING_TO_CHECK,
    NO_COMMON_NAME,
    SEVERAL_COMMON_NAMES,
    /** A relative distinguished name of several attributes, {@code CN=a+O=b}, which no certificate of Meta has. */
    MULTI_VALUED_NAME,
    /** A common name other than the expected one. */
    OTHER_NAME,
    NOT_YET_VALID,
    EXPIRED,
    /** Its extended key usage does not list client authentication. */
    NOT_FOR_CLIENTS,
    /** No path of valid certificates leads to a trusted authority. */
    UNTRUSTED,
    /** Two parts of what was forwarded speak of different certificates. */
    CONTRADICTION
}
