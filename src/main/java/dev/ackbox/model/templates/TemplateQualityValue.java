package dev.ackbox.model.templates;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.QualityScore;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code message_template_quality_update}: users take a template better or worse than before.
 *
 * @param id which template; always
 * @param name its name; always
 * @param language {@code en_US}, {@code en-US} or {@code de}; always
 * @param previousQualityScore the score before; always
 * @param newQualityScore the score now; always
 */
public record TemplateQualityValue(
        @JsonProperty("message_template_id") Long id,
        @JsonProperty("message_template_name") String name,
        @JsonProperty("message_template_language") @Nullable String language,
        @Nullable OpenEnum<QualityScore> previousQualityScore,
        @Nullable OpenEnum<QualityScore> newQualityScore)
        implements TemplateValue {

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
