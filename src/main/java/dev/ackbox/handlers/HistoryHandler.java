package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.history.HistoryValue;
import dev.ackbox.model.history.HistoryValue.ChatThread;
import dev.ackbox.model.history.HistoryValue.Chunk;
import dev.ackbox.model.history.HistoryValue.ChunkMetadata;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.Message.HistoryContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts chunks and messages of past chats, and follows how far the history of each number has come; warns where the business declined. */
final class HistoryHandler implements ChangeHandler<HistoryValue> {

    private static final Logger log = LoggerFactory.getLogger(HistoryHandler.class);

    private static final String NOT_SHARED = "2593109";

    private final Operator operator;

    HistoryHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<HistoryValue> change, ChangeContext context) {
        HistoryValue value = change.value();
        for (Chunk chunk : value.history()) {
            if (!chunk.errors().isEmpty()) {
                String code = Labels.codeOf(chunk.errors());
                operator.count(PlatformCount.ERRORS, "history", code);
                boolean declined = code.equals(NOT_SHARED);
                operator.warn(
                        log,
                        change,
                        context,
                        "error " + code,
                        declined
                                ? "No past chats come: the business did not share them"
                                : ErrorAdvice.orLookUp(chunk.errors()));
            }
            count(chunk);
            if (chunk.metadata() != null) {
                follow(chunk.metadata(), value.metadata(), change, context);
            }
        }
        if (value.history().isEmpty()) {
            operator.info(log, change, context, "media of an earlier message");
        }
    }

    private void count(Chunk chunk) {
        for (ChatThread thread : chunk.threads()) {
            for (Message message : thread.messages()) {
                HistoryContext past = message.historyContext();
                operator.count(PlatformCount.HISTORY_MESSAGES, past == null ? Labels.NONE : Labels.of(past.status()));
            }
        }
    }

    private void follow(ChunkMetadata chunk, @Nullable Metadata number, Change<?> change, ChangeContext context) {
        operator.count(PlatformCount.HISTORY_CHUNKS, phase(chunk.phase()));
        Integer progress = chunk.progress();
        String id = Labels.id(number == null ? null : number.phoneNumberId());
        if (progress != null && !id.equals(Labels.UNKNOWN_ID)) {
            operator.observer().historyProgress(id, progress);
        }
        operator.info(
                log,
                change,
                context,
                "number " + id + ", phase " + chunk.phase() + ", chunk " + chunk.chunkOrder() + ", " + progress + " %");
    }

    private static String phase(@Nullable Integer phase) {
        if (phase == null) {
            return Labels.NONE;
        }
        return phase >= 0 && phase <= 2 ? phase.toString() : Labels.OTHER;
    }
}
