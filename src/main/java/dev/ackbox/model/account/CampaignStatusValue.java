package dev.ackbox.model.account;

import dev.ackbox.model.Value;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the withdrawn field {@code campaign_status_update} (observed).
 *
 * @param campaignId which campaign (observed)
 * @param campaignName its name (observed)
 * @param oldStatus how it stood (observed)
 * @param newStatus how it stands (observed)
 * @param pausedReasons why it is paused (observed)
 * @param completeReason why it has ended; null in the only sample (observed)
 */
public record CampaignStatusValue(
        @Nullable Long campaignId,
        @Nullable String campaignName,
        @Nullable String oldStatus,
        @Nullable String newStatus,
        List<String> pausedReasons,
        @Nullable String completeReason)
        implements Value {

    public CampaignStatusValue {
        pausedReasons = Lists.orEmpty(pausedReasons);
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
