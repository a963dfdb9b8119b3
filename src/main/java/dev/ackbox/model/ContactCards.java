package dev.ackbox.model;

import java.util.List;

/**
 * People of the user's address book.
 *
 * @param cards the platform sends the bare array (documented)
 */
@Bare
@ContentType("contacts")
public record ContactCards(List<ContactCard> cards) implements MessageContent {

    public ContactCards {
        cards = Lists.orEmpty(cards);
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
