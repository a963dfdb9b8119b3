package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;

/**
 * Rates that may apply to a message; the last six are older, or of groups. Written with hyphens and with underscores.
 */
public enum PricingCategory implements OpenEnum<PricingCategory> {
    AUTHENTICATION,
    AUTHENTICATION_INTERNATIONAL,
    MARKETING,
    MARKETING_LITE,
    REFERRAL_CONVERSION,
    SERVICE,
    UTILITY,
    GENERAL_PURPOSE_AI,
    BUSINESS_INITIATED,
    USER_INITIATED,
    CUSTOMER_INITIATED,
    GROUP_MARKETING,
    GROUP_UTILITY,
    GROUP_SERVICE
}
