package dev.ackbox.http.tomcat;

import java.time.Duration;

/**
 * What one connection, and one network, may take.
 *
 * @param head how long the head of a request may take as a whole; nothing where it may take any time
 * @param body how long what follows the head may take as a whole: body, trailers, and what is read of a body that was refused
 * @param perNetwork how many connections one network may have
 */
record ConnectionBounds(Duration head, Duration body, int perNetwork) {}
