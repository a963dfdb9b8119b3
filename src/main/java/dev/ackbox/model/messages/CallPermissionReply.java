package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.form.ContentType;
import dev.ackbox.model.form.Redacted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user allowed or refused calls.
 *
 * @param response which of the two; always
 * @param isPermanent whether it is without an end; optional
 * @param expirationTimestamp when it ends; absent where it is permanent or refused
 * @param responseSource who answered; optional
 */
@ContentType("call_permission_reply")
public record CallPermissionReply(
        @Nullable OpenEnum<Response> response,
        @Nullable Boolean isPermanent,
        @Nullable Instant expirationTimestamp,
        @Nullable OpenEnum<Source> responseSource)
        implements Reply {

    /** What may be answered. */
    public enum Response implements OpenEnum<Response> {
        ACCEPT,
        REJECT
    }

    /** Who may answer. */
    public enum Source implements OpenEnum<Source> {
        USER_ACTION,
        AUTOMATIC
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
