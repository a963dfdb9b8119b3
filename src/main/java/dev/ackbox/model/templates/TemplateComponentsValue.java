package dev.ackbox.model.templates;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code message_template_components_update}: a template was edited.
 *
 * @param id which template; always
 * @param name its name; always
 * @param language {@code en_US}, {@code en-US} or {@code de}; always
 * @param body text of the body; always
 * @param header text of the header; optional
 * @param footer text of the footer; optional
 * @param buttons the buttons; optional
 */
public record TemplateComponentsValue(
        @JsonProperty("message_template_id") Long id,
        @JsonProperty("message_template_name") String name,
        @JsonProperty("message_template_language") @Nullable String language,
        @JsonProperty("message_template_element") @Nullable String body,
        @JsonProperty("message_template_title") @Nullable String header,
        @JsonProperty("message_template_footer") @Nullable String footer,
        @JsonProperty("message_template_buttons") List<TemplateButton> buttons)
        implements TemplateValue {

    public TemplateComponentsValue {
        buttons = Lists.orEmpty(buttons);
    }

    /**
     * A button of a template.
     *
     * @param type what it does; always
     * @param text what stands on it; always
     * @param url where it leads; with {@code URL}
     * @param phoneNumber whom it calls; with {@code PHONE_NUMBER}, beside a URL in a
     *     test notification (observed)
     */
    public record TemplateButton(
            @JsonProperty("message_template_button_type") @Nullable
            OpenEnum<ButtonType> type,

            @JsonProperty("message_template_button_text") @Nullable
            String text,

            @JsonProperty("message_template_button_url") @Nullable
            String url,

            @JsonProperty("message_template_button_phone_number") @Nullable
            String phoneNumber) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What a button may do. */
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

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
