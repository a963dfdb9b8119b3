package dev.ackbox.watch;

import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The built-in stage before the handlers.
 *
 * @param off fields that Ackbox does not count, log or keep, such as 'calls,flows'; 'unknown' stands for what has no type
 */
@ConfigurationProperties("ackbox.watch")
record WatchProperties(@DefaultValue List<String> off) {

    WatchProperties {
        off = off.stream().map(WatchProperties::field).toList();
    }

    /** Also as other settings are spelled, in dashes. */
    private static String field(String name) {
        String field = name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
        List<String> all = WatchTable.ROWS.stream().map(FieldRow::field).toList();
        if (!all.contains(field)) {
            throw new IllegalArgumentException("ackbox.watch.off: there is no field '" + name + "'. Did you mean '"
                    + Spelling.nearest(field, all) + "'?");
        }
        return field;
    }
}
