package dev.ackbox.model;

import dev.ackbox.model.form.AsSent;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * An error that the platform reports. Decide by {@code code} only: the texts change.
 *
 * @param code such as 131026, undeliverable; always, the list is open, 0 occurs (observed)
 * @param title English; always
 * @param message the same as the title; absent in older forms
 * @param details English; optional
 * @param href a page of the documentation, may be relative; optional
 */
public record PlatformError(
        @Nullable Integer code,
        @Nullable String title,
        @Nullable String message,
        @Nullable String details,
        @Nullable String href) {

    /** With the place of the details in the current form; in the older one they stand beside the title. */
    @AsSent
    PlatformError(
            @Nullable Integer code,
            @Nullable String title,
            @Nullable String message,
            @Nullable ErrorData errorData,
            @Nullable String details,
            @Nullable String href) {
        this(code, title, message, details == null && errorData != null ? errorData.details() : details, href);
    }

    record ErrorData(@Nullable String details) {}

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
