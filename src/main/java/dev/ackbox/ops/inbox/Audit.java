package dev.ackbox.ops.inbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Writes a line of JSON for each access to a payload and each write: who, what, which, how many. No personal data. */
public final class Audit {

    /** Where the lines go. */
    public static final String LOGGER = "dev.ackbox.audit";

    private static final Logger log = LoggerFactory.getLogger(LOGGER);
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Does something, and writes a line in any case: with {@code failed} where it fails.
     *
     * @param details in their order, without personal data; {@code write} adds what it has done
     */
    public <T> T note(String who, String what, Map<String, Object> details, Supplier<T> write) {
        boolean failed = true;
        try {
            T result = write.get();
            failed = false;
            return result;
        } finally {
            if (failed) {
                details.put("failed", true);
            }
            note(who, what, details);
        }
    }

    /**
     * Writes a line.
     *
     * @param details in their order, without personal data
     */
    public void note(String who, String what, Map<String, ?> details) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("who", who);
        line.put("what", what);
        line.putAll(details);
        log.info("{}", JSON.writeValueAsString(line));
    }
}
