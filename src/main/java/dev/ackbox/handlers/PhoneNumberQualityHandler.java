package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.account.MessagingLimit;
import dev.ackbox.model.account.PhoneNumberQualityValue;
import dev.ackbox.model.account.PhoneNumberQualityValue.Event;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes of phone numbers' limits and throughput, and keeps the latest of each number; warns where one is flagged or limited. */
final class PhoneNumberQualityHandler implements ChangeHandler<PhoneNumberQualityValue> {

    private static final Logger log = LoggerFactory.getLogger(PhoneNumberQualityHandler.class);

    private final Operator operator;

    PhoneNumberQualityHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<PhoneNumberQualityValue> change, ChangeContext context) {
        PhoneNumberQualityValue value = change.value();
        OpenEnum<MessagingLimit> limit = value.maxDailyConversationsPerBusiness() == null
                ? value.currentLimit()
                : value.maxDailyConversationsPerBusiness();
        if (limit != null) {
            FactBuilder.ofPhoneNumber(value.displayPhoneNumber(), change, context)
                    .with("current", limit)
                    .with("previous", value.oldLimit())
                    .with("event", value.event())
                    .keep(operator.state(), "limit");
        }
        String aspect = aspectOf(value.event());
        if (aspect != null) {
            FactBuilder.ofPhoneNumber(value.displayPhoneNumber(), change, context)
                    .with("event", value.event())
                    .keep(operator.state(), aspect);
        }
        operator.count(PlatformCount.PHONE_NUMBER_LIMITS, Labels.of(value.event()), Labels.of(limit));
        String what = Labels.of(value.event()) + ", limit " + Labels.of(limit);
        if (value.event() == Event.FLAGGED || value.event() == Event.DOWNGRADE) {
            operator.warn(
                    log, change, context, what, "Users block or report the number: send less, and only what is wanted");
        } else {
            operator.info(log, change, context, what);
        }
    }

    /** What an event says something of beside the limit: an upgrade of the throughput leaves the quality as it is. */
    private static @Nullable String aspectOf(@Nullable OpenEnum<Event> event) {
        if (event == Event.THROUGHPUT_UPGRADE) {
            return "throughput";
        }
        return event == Event.FLAGGED || event == Event.UNFLAGGED ? "quality" : null;
    }
}
