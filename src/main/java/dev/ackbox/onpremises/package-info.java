/** Settings of an API of the form of Meta's On-Premises API, which gateways and archives still speak. */
@NullMarked
package dev.ackbox.onpremises;

import org.jspecify.annotations.NullMarked;
