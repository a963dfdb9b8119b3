package dev.ackbox.model.account;

import dev.ackbox.model.AlsoNamed;
import dev.ackbox.model.OpenEnum;

/**
 * How many users a business may write to within a day, of its own accord (documented, some of them older; plain numbers
 * occur).
 */
public enum MessagingLimit implements OpenEnum<MessagingLimit> {
    TIER_NOT_SET,
    @AlsoNamed("50")
    TIER_50,
    @AlsoNamed("250")
    TIER_250,
    @AlsoNamed("1000")
    TIER_1K,
    @AlsoNamed("2000")
    TIER_2K,
    @AlsoNamed("10000")
    TIER_10K,
    @AlsoNamed("100000")
    TIER_100K,
    @AlsoNamed("-1")
    TIER_UNLIMITED
}
