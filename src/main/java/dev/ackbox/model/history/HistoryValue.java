package dev.ackbox.model.history;

import dev.ackbox.model.Contact;
import dev.ackbox.model.Lists;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.Redacted;
import dev.ackbox.model.Value;
import dev.ackbox.model.messages.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code history}: past chats of a WhatsApp Business app number that joined the platform, in chunks
 * of up to 3 MB that come in any order (documented). Comes whole.
 *
 * @param messagingProduct {@code whatsapp}; always (documented)
 * @param metadata the business phone number that it is about; always (documented)
 * @param history chunks; absent where media follow up (documented)
 * @param contacts the user; with a received message whose media follow up (documented)
 * @param messages a received message whose media follow up (documented)
 * @param messageEchoes a sent message whose media follow up (documented)
 */
public record HistoryValue(
        @Nullable String messagingProduct,
        Metadata metadata,
        List<Chunk> history,
        List<Contact> contacts,
        List<Message> messages,
        List<Message> messageEchoes)
        implements Value {

    public HistoryValue {
        history = Lists.orEmpty(history);
        contacts = Lists.orEmpty(contacts);
        messages = Lists.orEmpty(messages);
        messageEchoes = Lists.orEmpty(messageEchoes);
    }

    /**
     * A part of the past.
     *
     * @param metadata where it belongs; absent where the business declined to share (documented)
     * @param threads chats; absent where the business declined to share (documented)
     * @param errors code 2593109 where the business declined to share (documented)
     */
    public record Chunk(@Nullable ChunkMetadata metadata, List<ChatThread> threads, List<PlatformError> errors) {

        public Chunk {
            threads = Lists.orEmpty(threads);
            errors = Lists.orEmpty(errors);
        }

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Where a chunk belongs.
     *
     * @param phase 0 for the last day, 1 up to day 90, 2 up to day 180 (documented)
     * @param chunkOrder order in which to put chunks together (documented)
     * @param progress percent, 100 when all is sent (documented)
     */
    public record ChunkMetadata(
            @Nullable Integer phase,
            @Nullable Integer chunkOrder,
            @Nullable Integer progress) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A chat with one user. Groups are not included (documented).
     *
     * @param id the user's phone number; absent where it may not be shared (documented)
     * @param context who the user is; optional, since 2026 (documented)
     * @param messages of both sides; always (documented)
     */
    public record ChatThread(@Nullable String id, @Nullable ThreadContext context, List<Message> messages) {

        public ChatThread {
            messages = Lists.orEmpty(messages);
        }

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Who a user is.
     *
     * @param waId WhatsApp id; optional (documented)
     * @param userId business-scoped id; optional (documented)
     * @param parentUserId the same for linked portfolios; optional (documented)
     * @param username optional (documented)
     */
    public record ThreadContext(
            @Nullable String waId,
            @Nullable String userId,
            @Nullable String parentUserId,
            @Nullable String username) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
