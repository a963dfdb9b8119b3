package dev.ackbox.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How notifications are taken in.
 *
 * @param storeTimeout how long storing may take before a notification is answered 503
 */
@ConfigurationProperties("ackbox.intake")
record IntakeProperties(@DefaultValue("5s") Duration storeTimeout) {

    IntakeProperties {
        if (storeTimeout.isZero() || storeTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "'ackbox.intake.store-timeout' is " + storeTimeout + ", but must be more than nothing");
        }
    }
}
