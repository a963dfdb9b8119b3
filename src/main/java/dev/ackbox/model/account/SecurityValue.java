package dev.ackbox.model.account;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code security}: something happened to the two-step verification of a number.
 *
 * @param displayPhoneNumber the business phone number for display; always
 * @param event what happened; always
 * @param requester id of the person who did or asked; absent for {@code PIN_REQUEST_SUCCESS}
 */
public record SecurityValue(
        String displayPhoneNumber,
        OpenEnum<Event> event,
        @Nullable String requester) implements Value {

    /** What may happen to a PIN (the last one observed). */
    public enum Event implements OpenEnum<Event> {
        PIN_CHANGED,
        PIN_RESET_REQUEST,
        PIN_REQUEST_SUCCESS,
        PIN_RESET_SUCCESS
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
