package dev.ackbox.model;

import org.jspecify.annotations.Nullable;

/**
 * An error that the platform reports. Decide by {@code code} only: the texts change (documented).
 *
 * @param code such as 131026, undeliverable; the list is open, 0 occurs (observed)
 * @param title English
 * @param message the same as the title in most cases
 * @param errorData details
 * @param href a page of the documentation; may be relative
 */
public record PlatformError(
        @Nullable Integer code,
        @Nullable String title,
        @Nullable String message,
        @Nullable ErrorData errorData,
        @Nullable String href) {

    /**
     * Details of an error.
     *
     * @param details English
     */
    public record ErrorData(@Nullable String details) {

        /** Leaves the text out: it may name a user's number. */
        @Override
        public String toString() {
            return "ErrorData[...]";
        }
    }

    /** Leaves the texts out: they may name a user's number. */
    @Override
    public String toString() {
        return "PlatformError[" + code + "]";
    }
}
