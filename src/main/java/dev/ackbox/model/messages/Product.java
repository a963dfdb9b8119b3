package dev.ackbox.model.messages;

import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * A product of a catalog.
 *
 * @param catalogId which catalog
 * @param productRetailerId which product, by the business's own id
 */
public record Product(@Nullable String catalogId, @Nullable String productRetailerId) {

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
