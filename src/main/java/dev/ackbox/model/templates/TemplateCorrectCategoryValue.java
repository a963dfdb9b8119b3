package dev.ackbox.model.templates;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code template_correct_category_detection}: the platform takes a template for one of another
 * category.
 *
 * @param messageTemplateId which template; always (documented)
 * @param messageTemplateName its name; always (documented)
 * @param messageTemplateLanguage {@code en_US}, {@code en-US} or {@code de}; always (documented)
 * @param category the category that it has; always (documented), in one SDK under another name (inferred)
 * @param correctCategory the category that it should have; always (documented), in one SDK under another name
 *     (inferred)
 */
public record TemplateCorrectCategoryValue(
        Long messageTemplateId,
        String messageTemplateName,
        @Nullable String messageTemplateLanguage,
        @JsonAlias("current_category") @Nullable OpenEnum<TemplateCategory> category,
        @JsonAlias("suggested_category") @Nullable OpenEnum<TemplateCategory> correctCategory)
        implements TemplateValue {

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
