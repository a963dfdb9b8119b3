package dev.ackbox.ops;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the service prepares for its first notifications.
 *
 * @param warmUp how long synthetic notifications run through the service before it reports that it is ready, so that the first real
 *     ones find compiled code; 0 turns it off
 */
@ConfigurationProperties("ackbox")
record WarmUpProperties(@DefaultValue("2s") Duration warmUp) {}
