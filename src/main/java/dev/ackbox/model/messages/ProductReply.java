package dev.ackbox.model.messages;

import dev.ackbox.model.form.ContentType;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * A product was chosen. Named by the documentation since August 2026 without its properties.
 *
 * @param catalogId which catalog (inferred)
 * @param productRetailerId which product, by the business's own id (inferred)
 */
@ContentType("product")
public record ProductReply(
        @Nullable String catalogId, @Nullable String productRetailerId) implements Reply {

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
