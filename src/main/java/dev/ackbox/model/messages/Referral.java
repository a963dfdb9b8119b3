package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * The ad or post that led a user to the chat.
 *
 * @param sourceUrl link to it; always
 * @param sourceId its id; always
 * @param sourceType what it is; always
 * @param headline optional, may be empty
 * @param body optional, may be empty
 * @param mediaType what it shows; optional
 * @param imageUrl with images
 * @param videoUrl with videos
 * @param thumbnailUrl with videos
 * @param ctwaClid id of the click; absent for ads in WhatsApp Status
 * @param welcomeMessage what the ad greets with; optional
 * @param ref which welcome sequence; optional (observed)
 * @param image instead of a link: On-Premises API only (inferred)
 * @param video instead of a link: On-Premises API only (inferred)
 */
public record Referral(
        @Nullable String sourceUrl,
        @Nullable String sourceId,
        @Nullable OpenEnum<SourceType> sourceType,
        @Nullable String headline,
        @Nullable String body,
        @Nullable OpenEnum<MediaType> mediaType,
        @Nullable String imageUrl,
        @Nullable String videoUrl,
        @Nullable String thumbnailUrl,
        @Nullable String ctwaClid,
        @Nullable WelcomeMessage welcomeMessage,
        @Nullable String ref,
        @Nullable MediaId image,
        @Nullable MediaId video) {

    /**
     * What an ad greets with.
     *
     * @param text any text
     */
    public record WelcomeMessage(@Nullable String text) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Content.Media of an ad.
     *
     * @param id what it is fetched by (inferred)
     */
    public record MediaId(@Nullable String id) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may lead to a chat. */
    public enum SourceType implements OpenEnum<SourceType> {
        AD,
        POST
    }

    /** What an ad may show. */
    public enum MediaType implements OpenEnum<MediaType> {
        IMAGE,
        VIDEO
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
