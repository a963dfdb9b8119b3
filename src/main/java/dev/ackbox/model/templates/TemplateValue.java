package dev.ackbox.model.templates;

import dev.ackbox.model.Value;
import org.jspecify.annotations.Nullable;

/** A value that is about a template. */
public sealed interface TemplateValue extends Value
        permits TemplateCategoryValue,
                TemplateComponentsValue,
                TemplateCorrectCategoryValue,
                TemplateQualityValue,
                TemplateStatusValue {

    /** Which template; always, up to 17 digits (documented). */
    Long messageTemplateId();

    /** Its name; always (documented). */
    String messageTemplateName();

    /** {@code en_US}, {@code en-US} or {@code de}; always (documented). */
    @Nullable
    String messageTemplateLanguage();
}
