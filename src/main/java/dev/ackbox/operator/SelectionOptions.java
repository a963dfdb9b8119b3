package dev.ackbox.operator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The body of a write: which records, and whether to count them only. */
final class SelectionOptions {

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(names = "--id", paramLabel = "<id>", description = "A record. May be repeated.")
    private List<Long> ids = new ArrayList<>();

    @Option(names = "--all", description = "All of them; needed where nothing else is named.")
    private boolean all;

    @Option(names = "--dry-run", description = "Count them, and change nothing.")
    private boolean dryRun;

    /** Whether none of these options is there. */
    boolean isEmpty() {
        return filter.values().isEmpty() && ids.isEmpty() && !all && !dryRun;
    }

    /** @param consumer absent for the usual one */
    Map<String, Object> body(@Nullable String consumer) {
        Map<String, String> values = new LinkedHashMap<>(filter.values());
        if (consumer != null) {
            values.put("consumer", consumer);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        if (!ids.isEmpty()) {
            body.put("ids", ids);
        }
        if (!values.isEmpty()) {
            body.put("filter", values);
        }
        if (all) {
            body.put("all", true);
        }
        body.put("dryRun", dryRun);
        return body;
    }
}
