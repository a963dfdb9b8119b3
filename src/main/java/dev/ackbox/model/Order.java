package dev.ackbox.model;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Products were ordered from a catalog.
 *
 * @param catalogId which catalog; always (documented)
 * @param text what the user wrote with it; may be empty or absent (documented)
 * @param productItems what was ordered; always (documented)
 */
@ContentType("order")
public record Order(@Nullable String catalogId, @Nullable String text, List<ProductItem> productItems)
        implements MessageContent {

    public Order {
        productItems = Lists.orEmpty(productItems);
    }

    /**
     * So many of one product.
     *
     * @param productRetailerId which product, by the business's own id; always (documented)
     * @param quantity how many; always (documented)
     * @param itemPrice price of one, exact; always (documented), a string in older captures (observed)
     * @param currency ISO 4217; always (documented)
     */
    public record ProductItem(
            @Nullable String productRetailerId,
            @Nullable BigDecimal quantity,
            @Nullable BigDecimal itemPrice,
            @Nullable String currency) {

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
