package dev.ackbox.model.templates;

import dev.ackbox.model.OpenEnum;

/** What a template is for (from {@code OTP} on older ones, observed or inferred). */
public enum TemplateCategory implements OpenEnum<TemplateCategory> {
    MARKETING,
    UTILITY,
    AUTHENTICATION,
    OTP,
    TRANSACTIONAL,
    ACCOUNT_UPDATE,
    PAYMENT_UPDATE,
    ISSUE_RESOLUTION,
    SHIPPING_UPDATE,
    APPOINTMENT_UPDATE,
    RESERVATION_UPDATE,
    TICKET_UPDATE,
    TRANSPORTATION_UPDATE,
    PERSONAL_FINANCE_UPDATE,
    ALERT_UPDATE,
    AUTO_REPLY
}
