package dev.ackbox.model.messages;

/** What the platform sends in {@code statuses}. */
sealed interface SentStatus permits Status, PaymentStatus {}
