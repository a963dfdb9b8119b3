package dev.ackbox.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user allowed or refused calls.
 *
 * @param response which of the two; always (documented)
 * @param isPermanent whether it is without an end; optional (documented)
 * @param expirationTimestamp when it ends; absent where it is permanent or refused (documented)
 * @param responseSource who answered; optional (documented)
 */
@ContentType("call_permission_reply")
public record CallPermissionReply(
        @Nullable Word<Response> response,
        @Nullable Boolean isPermanent,
        @Nullable Instant expirationTimestamp,
        @Nullable Word<Source> responseSource)
        implements InteractiveReply {

    /** What may be answered (documented). */
    public enum Response implements Word<Response> {
        ACCEPT,
        REJECT
    }

    /** Who may answer (documented). */
    public enum Source implements Word<Source> {
        USER_ACTION,
        AUTOMATIC
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
