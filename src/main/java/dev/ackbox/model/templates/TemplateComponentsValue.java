package dev.ackbox.model.templates;

import dev.ackbox.model.Lists;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Redacted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code message_template_components_update}: a template was edited.
 *
 * @param messageTemplateId which template; always (documented)
 * @param messageTemplateName its name; always (documented)
 * @param messageTemplateLanguage {@code en_US}, {@code en-US} or {@code de}; always (documented)
 * @param messageTemplateElement text of the body; always (documented)
 * @param messageTemplateTitle text of the header; optional (documented)
 * @param messageTemplateFooter text of the footer; optional (documented)
 * @param messageTemplateButtons the buttons; optional (documented)
 */
public record TemplateComponentsValue(
        Long messageTemplateId,
        String messageTemplateName,
        @Nullable String messageTemplateLanguage,
        @Nullable String messageTemplateElement,
        @Nullable String messageTemplateTitle,
        @Nullable String messageTemplateFooter,
        List<TemplateButton> messageTemplateButtons)
        implements TemplateValue {

    public TemplateComponentsValue {
        messageTemplateButtons = Lists.orEmpty(messageTemplateButtons);
    }

    /**
     * A button of a template.
     *
     * @param messageTemplateButtonType what it does; always (documented)
     * @param messageTemplateButtonText what stands on it; always (documented)
     * @param messageTemplateButtonUrl where it leads; with {@code URL} (documented)
     * @param messageTemplateButtonPhoneNumber whom it calls; with {@code PHONE_NUMBER} (documented), beside a URL in a
     *     test notification (observed)
     */
    public record TemplateButton(
            @Nullable OpenEnum<ButtonType> messageTemplateButtonType,
            @Nullable String messageTemplateButtonText,
            @Nullable String messageTemplateButtonUrl,
            @Nullable String messageTemplateButtonPhoneNumber) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What a button may do (documented). */
    public enum ButtonType implements OpenEnum<ButtonType> {
        CATALOG,
        COPY_CODE,
        EXTENSION,
        FLOW,
        MPM,
        ORDER_DETAILS,
        OTP,
        PHONE_NUMBER,
        POSTBACK,
        QUICK_REPLY,
        REMINDER,
        SEND_LOCATION,
        SPM,
        URL,
        VOICE_CALL
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
