package dev.ackbox.security;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * Why a changed file was not taken over.
 *
 * @param since when the first failure was seen that no success has followed yet
 * @param line the number of the line that is wrong, from 1; empty where it is not about one
 * @param reason what is wrong, with nothing of the content
 */
public record FileFailure(Instant since, OptionalInt line, String reason) {}
