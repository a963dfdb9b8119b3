package dev.ackbox.watch;

import static dev.ackbox.watch.FieldRow.phoneNumber;
import static dev.ackbox.watch.Label.by;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.account.BusinessUsernameValue;
import dev.ackbox.model.account.MessagingLimit;
import dev.ackbox.model.account.PhoneNumberNameValue;
import dev.ackbox.model.account.PhoneNumberQualityValue;
import dev.ackbox.model.account.PhoneNumberQualityValue.Event;
import dev.ackbox.model.account.ReviewDecision;
import dev.ackbox.model.account.SecurityValue;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of the fields about phone numbers. */
final class PhoneNumbers {

    static final List<FieldRow<?>> ROWS = List.of(
            phoneNumber(PhoneNumberNameValue.class, "Meta reviewed a display name", it -> it.displayPhoneNumber())
                    .counts(
                            "phone.number.names",
                            "Reviews of display names",
                            by("decision", it -> it.decision()),
                            by("reason", it -> it.rejectionReason()))
                    .keeps(
                            "nameReview",
                            (it, fact) -> fact.with("requestedName", it.requestedVerifiedName())
                                    .with("decision", it.decision())
                                    .with("reason", it.rejectionReason()))
                    .when(it -> it.decision() == ReviewDecision.APPROVED, PhoneNumbers::name)
                    .warns(
                            "rejected",
                            it -> it.decision() == ReviewDecision.REJECTED,
                            "Request another display name in WhatsApp Manager."),
            phoneNumber(
                            PhoneNumberQualityValue.class,
                            "a throughput or a messaging limit changed; the field's name is historical",
                            it -> it.displayPhoneNumber())
                    .counts(
                            "phone.number.limits",
                            "Changes of phone numbers' limits and throughput",
                            by("event", it -> it.event()),
                            by("limit", PhoneNumbers::limit))
                    .when(it -> limit(it) != null, PhoneNumbers::limit)
                    .when(it -> it.event() == Event.THROUGHPUT_UPGRADE, event("throughput"))
                    .when(it -> it.event() == Event.FLAGGED || it.event() == Event.UNFLAGGED, event("quality"))
                    .warns(
                            "flagged or downgraded",
                            it -> it.event() == Event.FLAGGED || it.event() == Event.DOWNGRADE,
                            "Users block or report the phone number. Send less, and only to users who want it."),
            phoneNumber(
                            BusinessUsernameValue.class,
                            "the business's own username changed",
                            it -> it.displayPhoneNumber())
                    .counts("usernames", "Changes of the business's usernames", by("status", it -> it.status()))
                    .shows("context", it -> Words.of(it.context()))
                    .keeps(
                            "username",
                            (it, fact) -> fact.with("username", it.username())
                                    .with("status", it.status())
                                    .with("context", it.context()))
                    .warns(
                            "Meta took the username away",
                            it -> it.context() == BusinessUsernameValue.Context.REVOKED,
                            "Meta has taken the username away. Choose another one in WhatsApp Manager."),
            phoneNumber(
                            SecurityValue.class,
                            "a PIN was changed, or its reset was requested",
                            it -> it.displayPhoneNumber())
                    .counts("security", "Changes of PINs", by("event", it -> it.event()))
                    .keeps("security", (it, fact) -> fact.with("event", it.event()))
                    .warns(
                            "always",
                            it -> true,
                            "If nobody on your team did this, remove access in Business settings and set a new PIN."
                                    + " GET /actuator/whatsapp shows the phone number."));

    private PhoneNumbers() {}

    private static @Nullable OpenEnum<MessagingLimit> limit(PhoneNumberQualityValue value) {
        return value.maxDailyConversationsPerBusiness() == null
                ? value.currentLimit()
                : value.maxDailyConversationsPerBusiness();
    }

    private static void limit(Part<PhoneNumberQualityValue> part) {
        part.keeps(
                "limit",
                (it, fact) -> fact.with("current", limit(it))
                        .with("previous", it.oldLimit())
                        .with("event", it.event()));
    }

    private static Consumer<Part<PhoneNumberQualityValue>> event(String kind) {
        return part -> part.keeps(kind, (it, fact) -> fact.with("event", it.event()));
    }

    private static void name(Part<PhoneNumberNameValue> part) {
        part.keeps("name", (it, fact) -> fact.with("name", it.requestedVerifiedName()));
    }
}
