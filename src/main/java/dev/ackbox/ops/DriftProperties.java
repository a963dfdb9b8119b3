package dev.ackbox.ops;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is not reported as new.
 *
 * @param accepted paths, besides the built-in ones, of what the model does not know and what is not worth a report; an asterisk
 *     stands for any characters, as in {@code value.messages[].*_data}
 */
@ConfigurationProperties("ackbox.drift")
record DriftProperties(@DefaultValue List<String> accepted) {}
