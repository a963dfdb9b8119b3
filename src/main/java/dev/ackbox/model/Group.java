package dev.ackbox.model;

import dev.ackbox.model.form.Redacted;

/**
 * A group of users.
 *
 * @param id which group
 */
public record Group(String id) implements Recipient {

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
