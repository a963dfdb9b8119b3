package dev.ackbox.ops;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When Ackbox warns that nothing comes.
 *
 * @param maxSilence how long no message and no status may come for a business phone number; 0 for any time
 * @param maxSilenceOf the same for single numbers, by the ID of the business phone number; also where nothing has come for one yet
 */
@ConfigurationProperties("ackbox.traffic")
record TrafficProperties(
        @DefaultValue("0s") Duration maxSilence,
        @DefaultValue Map<String, Duration> maxSilenceOf) {

    TrafficProperties {
        check("max-silence", maxSilence);
        maxSilenceOf.forEach((number, silence) -> {
            if (!number.matches("[0-9]{1,32}")) {
                throw new IllegalArgumentException("'ackbox.traffic.max-silence-of." + number
                        + "' is set, but the ID of a business phone number is digits");
            }
            check("max-silence-of." + number, silence);
        });
        if (maxSilenceOf.size() > Traffic.MOST_NUMBERS) {
            throw new IllegalArgumentException("'ackbox.traffic.max-silence-of' names " + maxSilenceOf.size()
                    + " phone numbers, but may name " + Traffic.MOST_NUMBERS + " at the most");
        }
        maxSilenceOf = Map.copyOf(maxSilenceOf);
    }

    private static void check(String name, Duration silence) {
        if (silence.isNegative()) {
            throw new IllegalArgumentException(
                    "'ackbox.traffic." + name + "' is " + silence + ", but must not be negative");
        }
    }

    /** For a number; zero where any time is fine. */
    Duration maxSilence(String phoneNumber) {
        return maxSilenceOf.getOrDefault(phoneNumber, maxSilence);
    }
}
