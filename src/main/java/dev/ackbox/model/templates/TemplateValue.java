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

    /** Which template; always, up to 17 digits. */
    Long id();

    /** Its name; always. */
    String name();

    /** {@code en_US}, {@code en-US} or {@code de}; always. */
    @Nullable
    String language();
}
