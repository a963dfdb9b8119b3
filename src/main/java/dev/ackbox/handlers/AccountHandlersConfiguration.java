package dev.ackbox.handlers;

import dev.ackbox.model.account.AccountAlertsValue;
import dev.ackbox.model.account.AccountReviewValue;
import dev.ackbox.model.account.AccountSettingsValue;
import dev.ackbox.model.account.AccountUpdateValue;
import dev.ackbox.model.account.BusinessCapabilityValue;
import dev.ackbox.model.account.BusinessStatusValue;
import dev.ackbox.model.account.BusinessUsernameValue;
import dev.ackbox.model.account.CampaignStatusValue;
import dev.ackbox.model.account.FlowsValue;
import dev.ackbox.model.account.PartnerSolutionsValue;
import dev.ackbox.model.account.PaymentConfigurationValue;
import dev.ackbox.model.account.PhoneNumberNameValue;
import dev.ackbox.model.account.PhoneNumberQualityValue;
import dev.ackbox.model.account.SecurityValue;
import dev.ackbox.model.templates.TemplateCategoryValue;
import dev.ackbox.model.templates.TemplateComponentsValue;
import dev.ackbox.model.templates.TemplateCorrectCategoryValue;
import dev.ackbox.model.templates.TemplateQualityValue;
import dev.ackbox.model.templates.TemplateStatusValue;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The handlers that ship for fields about accounts, their numbers and templates. Each can be switched off, and another one put in its place. */
@Configuration(proxyBeanMethods = false)
class AccountHandlersConfiguration {

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.account-alerts.enabled", matchIfMissing = true)
    ChangeHandler<AccountAlertsValue> accountAlertsHandler(Operator operator) {
        return new AccountAlertsHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.account-review-update.enabled", matchIfMissing = true)
    ChangeHandler<AccountReviewValue> accountReviewHandler(Operator operator) {
        return new AccountReviewHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.account-settings-update.enabled", matchIfMissing = true)
    ChangeHandler<AccountSettingsValue> accountSettingsHandler(Operator operator) {
        return new AccountSettingsHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.account-update.enabled", matchIfMissing = true)
    ChangeHandler<AccountUpdateValue> accountUpdateHandler(Operator operator) {
        return new AccountUpdateHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.business-capability-update.enabled", matchIfMissing = true)
    ChangeHandler<BusinessCapabilityValue> businessCapabilityHandler(Operator operator) {
        return new BusinessCapabilityHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.business-status-update.enabled", matchIfMissing = true)
    ChangeHandler<BusinessStatusValue> businessStatusHandler(Operator operator) {
        return new BusinessStatusHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.business-username-updates.enabled", matchIfMissing = true)
    ChangeHandler<BusinessUsernameValue> businessUsernameHandler(Operator operator) {
        return new BusinessUsernameHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.campaign-status-update.enabled", matchIfMissing = true)
    ChangeHandler<CampaignStatusValue> campaignStatusHandler(Operator operator) {
        return new CampaignStatusHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.flows.enabled", matchIfMissing = true)
    ChangeHandler<FlowsValue> flowsHandler(Operator operator) {
        return new FlowsHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(
            name = "ackbox.handlers.message-template-components-update.enabled",
            matchIfMissing = true)
    ChangeHandler<TemplateComponentsValue> templateComponentsHandler(Operator operator) {
        return new TemplateComponentsHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(
            name = "ackbox.handlers.message-template-quality-update.enabled",
            matchIfMissing = true)
    ChangeHandler<TemplateQualityValue> templateQualityHandler(Operator operator) {
        return new TemplateQualityHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(
            name = "ackbox.handlers.message-template-status-update.enabled",
            matchIfMissing = true)
    ChangeHandler<TemplateStatusValue> templateStatusHandler(Operator operator) {
        return new TemplateStatusHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.partner-solutions.enabled", matchIfMissing = true)
    ChangeHandler<PartnerSolutionsValue> partnerSolutionsHandler(Operator operator) {
        return new PartnerSolutionsHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.payment-configuration-update.enabled", matchIfMissing = true)
    ChangeHandler<PaymentConfigurationValue> paymentConfigurationHandler(Operator operator) {
        return new PaymentConfigurationHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.phone-number-name-update.enabled", matchIfMissing = true)
    ChangeHandler<PhoneNumberNameValue> phoneNumberNameHandler(Operator operator) {
        return new PhoneNumberNameHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.phone-number-quality-update.enabled", matchIfMissing = true)
    ChangeHandler<PhoneNumberQualityValue> phoneNumberQualityHandler(Operator operator) {
        return new PhoneNumberQualityHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.security.enabled", matchIfMissing = true)
    ChangeHandler<SecurityValue> securityHandler(Operator operator) {
        return new SecurityHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.template-category-update.enabled", matchIfMissing = true)
    ChangeHandler<TemplateCategoryValue> templateCategoryHandler(Operator operator) {
        return new TemplateCategoryHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(
            name = "ackbox.handlers.template-correct-category-detection.enabled",
            matchIfMissing = true)
    ChangeHandler<TemplateCorrectCategoryValue> templateCorrectCategoryHandler(Operator operator) {
        return new TemplateCorrectCategoryHandler(operator);
    }
}
