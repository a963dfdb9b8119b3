package dev.ackbox.ops;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is reported as unhealthy.
 *
 * @param maxWaiting with more waiting records than this the service reports that it is not ready
 */
@ConfigurationProperties("ackbox.health")
record OpsProperties(@DefaultValue("1000000") long maxWaiting) {}
