package dev.ackbox.model.templates;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.QualityScore;
import dev.ackbox.model.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code message_template_quality_update}: users take a template better or worse than before.
 *
 * @param messageTemplateId which template; always (documented)
 * @param messageTemplateName its name; always (documented)
 * @param messageTemplateLanguage {@code en_US}, {@code en-US} or {@code de}; always (documented)
 * @param previousQualityScore the score before; always (documented)
 * @param newQualityScore the score now; always (documented)
 */
public record TemplateQualityValue(
        Long messageTemplateId,
        String messageTemplateName,
        @Nullable String messageTemplateLanguage,
        @Nullable OpenEnum<QualityScore> previousQualityScore,
        @Nullable OpenEnum<QualityScore> newQualityScore)
        implements TemplateValue {

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
