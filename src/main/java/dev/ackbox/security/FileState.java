package dev.ackbox.security;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a watched file stands.
 *
 * @param readAt when the value in use was read
 * @param lookedAt when the file was last looked at; where this stands still, nobody watches any more
 * @param failure why the file as it is now is not in use; absent where it is
 */
public record FileState(
        Instant readAt, Instant lookedAt, @Nullable FileFailure failure) {

    FileState lookedAt(Instant now) {
        return new FileState(readAt, now, failure);
    }
}
