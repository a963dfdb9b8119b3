package dev.ackbox.model.templates;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Redacted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code template_category_update}: a template's category was changed, or will be. It will be where
 * {@code correctCategory} is there and {@code previousCategory} is not.
 *
 * @param messageTemplateId which template; always (documented)
 * @param messageTemplateName its name; always (documented)
 * @param messageTemplateLanguage {@code en_US}, {@code en-US} or {@code de}; always (documented)
 * @param newCategory the category in force now, also in the advance notice; always (documented)
 * @param correctCategory the category that it will get; advance notice only (documented)
 * @param categoryUpdateTimestamp when it will get it; advance notice only (documented)
 * @param previousCategory the category before; after a change (documented), seen missing (observed)
 * @param categoryAppealStatus whether an appeal is possible; optional (observed)
 */
public record TemplateCategoryValue(
        Long messageTemplateId,
        String messageTemplateName,
        @Nullable String messageTemplateLanguage,
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

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
