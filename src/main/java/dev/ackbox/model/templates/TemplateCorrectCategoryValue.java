package dev.ackbox.model.templates;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code template_correct_category_detection}: the platform takes a template for one of another
 * category.
 *
 * @param id which template; always
 * @param name its name; always
 * @param language {@code en_US}, {@code en-US} or {@code de}; always
 * @param category the category that it has; always, in one SDK under another name (inferred)
 * @param correctCategory the category that it should have; always, in one SDK under another name
 *     (inferred)
 */
public record TemplateCorrectCategoryValue(
        @JsonProperty("message_template_id") Long id,
        @JsonProperty("message_template_name") String name,
        @JsonProperty("message_template_language") @Nullable String language,
        @JsonAlias("current_category") @Nullable OpenEnum<TemplateCategory> category,
        @JsonAlias("suggested_category") @Nullable OpenEnum<TemplateCategory> correctCategory)
        implements TemplateValue {

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
