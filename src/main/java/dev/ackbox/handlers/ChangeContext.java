package dev.ackbox.handlers;

import java.time.Instant;

/**
 * What is known about a change beside its content. Holds nothing personal, and may be logged.
 *
 * @param recordId names its inbox record, in logs, errors and the operator's tools
 * @param idempotencyKey the same for each call about the same change, also after a redelivery or a crash
 * @param endpoint name of the endpoint that received it
 * @param receivedAt when its notification arrived
 * @param attempt which attempt this is, from 1
 */
public record ChangeContext(long recordId, String idempotencyKey, String endpoint, Instant receivedAt, int attempt) {}
