package dev.ackbox.security.certificate;

/** One proxy's way to forward a certificate. */
@FunctionalInterface
interface HeaderReader {

    CertificateVerdict read(HeaderValues headers) throws RefusedException;
}
