package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.Message;
import dev.ackbox.model.MessageStatus;
import dev.ackbox.model.MessagesValue;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.Status;
import dev.ackbox.model.UnknownValue;
import dev.ackbox.model.Value;
import dev.ackbox.model.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a line per change: which record, which field, what kind. No personal data, at any level. */
final class LoggingHandler implements ChangeHandler<Value> {

    private static final Logger log = LoggerFactory.getLogger(LoggingHandler.class);

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z_-]{0,63}");

    @Override
    public void handle(Change<Value> change, ChangeContext context) {
        log.info(
                "Record {} of endpoint {}: {} {}, attempt {}",
                context.recordId(),
                context.endpoint(),
                word(change.field()),
                summary(change.value()),
                context.attempt());
    }

    private static String summary(Value value) {
        if (value instanceof MessagesValue messages) {
            return summary(messages);
        }
        return value instanceof UnknownValue unknown ? "not typed (" + unknown.reason() + ")" : "";
    }

    private static String summary(MessagesValue value) {
        List<String> kinds = new ArrayList<>();
        for (Message message : value.messages()) {
            kinds.add("message of type "
                    + word(message.type() == null ? null : message.type().name()));
        }
        for (Status status : value.statuses()) {
            Word<MessageStatus> word = status.status();
            kinds.add("status " + (word == null ? "without a word" : word(word.name())) + codes(status.errors()));
        }
        if (!value.errors().isEmpty()) {
            kinds.add("error" + codes(value.errors()));
        }
        return kinds.isEmpty() ? "without messages" : String.join(", ", kinds);
    }

    /** Words are open: one that is new is shown only where it looks like a word and not like content. */
    private static String word(@Nullable String word) {
        return word != null && WORD.matcher(word).matches() ? word : "?";
    }

    private static String codes(List<PlatformError> errors) {
        return errors.isEmpty()
                ? ""
                : " (code "
                        + String.join(
                                ", ",
                                errors.stream()
                                        .map(error -> String.valueOf(error.code()))
                                        .toList()) + ")";
    }
}
