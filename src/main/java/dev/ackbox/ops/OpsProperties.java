package dev.ackbox.ops;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the service starts, and what it reports.
 *
 * @param warmUp how long Ackbox sends notifications to itself before it is ready, so that its code is compiled when the first real ones
 *     come; 0 turns it off
 * @param drift what is not reported as new
 * @param health what is reported as unhealthy
 */
@ConfigurationProperties("ackbox")
record OpsProperties(
        @DefaultValue("2s") Duration warmUp,
        @DefaultValue DriftSettings drift,
        @DefaultValue HealthSettings health) {

    /**
     * What is not reported as new.
     *
     * @param accepted paths, besides the built-in ones, that the model does not know and that are not reported; an asterisk stands for
     *     any characters, as in {@code value.messages[].*_data}
     */
    record DriftSettings(@DefaultValue List<String> accepted) {}

    /**
     * What is reported as unhealthy.
     *
     * @param maxWaiting with more waiting records than this, Ackbox reports that it is not ready
     */
    record HealthSettings(@DefaultValue("1000000") long maxWaiting) {}
}
