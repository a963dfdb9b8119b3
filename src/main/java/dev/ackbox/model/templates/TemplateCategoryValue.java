package dev.ackbox.model.templates;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.form.Redacted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code template_category_update}: a template's category was changed, or will be. It will be where
 * {@code correctCategory} is there and {@code previousCategory} is not.
 *
 * @param id which template; always
 * @param name its name; always
 * @param language {@code en_US}, {@code en-US} or {@code de}; always
 * @param newCategory the category in force now, also in the advance notice; always
 * @param correctCategory the category that it will get; advance notice only
 * @param categoryUpdateTimestamp when it will get it; advance notice only
 * @param previousCategory the category before; after a change, seen missing (observed)
 * @param categoryAppealStatus whether an appeal is possible; optional (observed)
 */
public record TemplateCategoryValue(
        @JsonProperty("message_template_id") Long id,
        @JsonProperty("message_template_name") String name,
        @JsonProperty("message_template_language") @Nullable String language,
        @Nullable OpenEnum<TemplateCategory> newCategory,
        @Nullable OpenEnum<TemplateCategory> correctCategory,
        @Nullable Instant categoryUpdateTimestamp,
        @Nullable OpenEnum<TemplateCategory> previousCategory,
        @Nullable OpenEnum<AppealStatus> categoryAppealStatus)
        implements TemplateValue {

    /** Whether an appeal is possible (observed). */
    public enum AppealStatus implements OpenEnum<AppealStatus> {
        ELIGIBLE
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
