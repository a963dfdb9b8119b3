package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.account.CampaignStatusValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes of campaigns, a withdrawn field. */
final class CampaignStatusHandler implements ChangeHandler<CampaignStatusValue> {

    private static final Logger log = LoggerFactory.getLogger(CampaignStatusHandler.class);

    private final Operator operator;

    CampaignStatusHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<CampaignStatusValue> change, ChangeContext context) {
        operator.count(PlatformCount.CAMPAIGNS);
        operator.info(log, change, context, "a campaign changed");
    }
}
