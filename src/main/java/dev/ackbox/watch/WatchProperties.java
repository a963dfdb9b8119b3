package dev.ackbox.watch;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The built-in stage before the handlers.
 *
 * @param off fields that Ackbox does not count, log or keep, such as 'calls,flows'; 'unknown' stands for what has no type
 */
@ConfigurationProperties("ackbox.watch")
record WatchProperties(@DefaultValue List<String> off) {}
