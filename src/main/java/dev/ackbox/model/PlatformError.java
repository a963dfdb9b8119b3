package dev.ackbox.model;

import org.jspecify.annotations.Nullable;

/**
 * An error that the platform reports. Decide by {@code code} only: the texts change (documented).
 *
 * @param code such as 131026, undeliverable; always, the list is open (documented), 0 occurs (observed)
 * @param title English; always (documented)
 * @param message the same as the title; absent in older forms (documented)
 * @param errorData absent in older forms (documented)
 * @param details English; in the older form, and taken over from {@code errorData} in the current one; optional
 *     (documented)
 * @param href a page of the documentation, may be relative; optional (documented)
 */
public record PlatformError(
        @Nullable Integer code,
        @Nullable String title,
        @Nullable String message,
        @Nullable ErrorData errorData,
        @Nullable String details,
        @Nullable String href) {

    public PlatformError {
        if (details == null && errorData != null) {
            details = errorData.details();
        }
    }

    /**
     * Details of an error.
     *
     * @param details English (documented)
     */
    public record ErrorData(@Nullable String details) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
