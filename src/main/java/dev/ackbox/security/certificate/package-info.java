/** Whether Meta's client certificate stands behind a request: seen here in TLS, or told by a proxy in headers. */
@NullMarked
package dev.ackbox.security.certificate;

import org.jspecify.annotations.NullMarked;
