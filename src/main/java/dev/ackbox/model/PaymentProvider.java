package dev.ackbox.model;

/** Who carries payments out; combinations occur in transactions (documented). */
public enum PaymentProvider implements Word<PaymentProvider> {
    BILLDESK,
    PAYU,
    RAZORPAY,
    ZAAKPAY,
    UPI
}
