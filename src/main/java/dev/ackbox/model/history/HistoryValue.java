package dev.ackbox.model.history;

import dev.ackbox.model.Contact;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import dev.ackbox.model.messages.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code history}: past chats of a WhatsApp Business app number that joined the platform, in chunks
 * of up to 3 MB that come in any order. Comes whole.
 *
 * @param messagingProduct {@code whatsapp}; always
 * @param metadata the business phone number that it is about; always
 * @param history chunks; absent where media follow up
 * @param contacts the user; with a received message whose media follow up
 * @param messages a received message whose media follow up
 * @param messageEchoes a sent message whose media follow up
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
     * @param metadata where it belongs; absent where the business declined to share
     * @param threads chats; absent where the business declined to share
     * @param errors code 2593109 where the business declined to share
     */
    public record Chunk(@Nullable ChunkMetadata metadata, List<ChatThread> threads, List<PlatformError> errors) {

        public Chunk {
            threads = Lists.orEmpty(threads);
            errors = Lists.orEmpty(errors);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Where a chunk belongs.
     *
     * @param phase 0 for the last day, 1 up to day 90, 2 up to day 180
     * @param chunkOrder order in which to put chunks together
     * @param progress percent, 100 when all is sent
     */
    public record ChunkMetadata(
            @Nullable Integer phase,
            @Nullable Integer chunkOrder,
            @Nullable Integer progress) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A chat with one user. Groups are not included.
     *
     * @param id the user's phone number; absent where it may not be shared
     * @param context who the user is; optional, since 2026
     * @param messages of both sides; always
     */
    public record ChatThread(@Nullable String id, @Nullable ThreadContext context, List<Message> messages) {

        public ChatThread {
            messages = Lists.orEmpty(messages);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Who a user is.
     *
     * @param waId WhatsApp id; optional
     * @param userId business-scoped id; optional
     * @param parentUserId the same for linked portfolios; optional
     * @param username optional
     * @param countryCode ISO 3166 alpha-2; optional, since 2026 (observed)
     */
    public record ThreadContext(
            @Nullable String waId,
            @Nullable String userId,
            @Nullable String parentUserId,
            @Nullable String username,
            @Nullable String countryCode) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
