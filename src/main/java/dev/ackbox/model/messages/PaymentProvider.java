package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;

/** Who carries payments out; combinations occur in transactions. */
public enum PaymentProvider implements OpenEnum<PaymentProvider> {
    BILLDESK,
    PAYU,
    RAZORPAY,
    ZAAKPAY,
    UPI
}
