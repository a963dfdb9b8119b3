package dev.ackbox.model.account;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.ackbox.model.OpenEnum;

/**
 * How many users a business may write to within a day, of its own accord (documented, some of them older; plain numbers
 * occur).
 */
public enum MessagingLimit implements OpenEnum<MessagingLimit> {
    TIER_NOT_SET,
    @JsonAlias("50")
    TIER_50,
    @JsonAlias("250")
    TIER_250,
    @JsonAlias("1000")
    TIER_1K,
    @JsonAlias("2000")
    TIER_2K,
    @JsonAlias("10000")
    TIER_10K,
    @JsonAlias("100000")
    TIER_100K,
    @JsonAlias("-1")
    TIER_UNLIMITED
}
