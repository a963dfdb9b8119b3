/** What the public port asks of Tomcat beyond its settings. */
@NullMarked
package dev.ackbox.http.tomcat;

import org.jspecify.annotations.NullMarked;
