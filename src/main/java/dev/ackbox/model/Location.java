package dev.ackbox.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A place.
 *
 * @param latitude degrees, exact; always, without a fraction where it is whole (documented), a string once (observed)
 * @param longitude like the latitude; always (documented)
 * @param name optional (documented)
 * @param address optional (documented)
 * @param url optional (documented)
 */
@ContentType("location")
public record Location(
        @Nullable BigDecimal latitude,
        @Nullable BigDecimal longitude,
        @Nullable String name,
        @Nullable String address,
        @Nullable String url)
        implements MessageContent {

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
