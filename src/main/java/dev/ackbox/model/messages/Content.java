package dev.ackbox.model.messages;

import dev.ackbox.model.Bare;
import dev.ackbox.model.ContentType;
import dev.ackbox.model.Lists;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Redacted;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a message says; each type has a record of its own, and a type that is not known is an {@link Unknown}.
 */
public sealed interface Content {
    /**
     * A text.
     *
     * @param body any Unicode, of any length, lines end in {@code \\n}; always (documented)
     */
    @ContentType("text")
    record Text(@Nullable String body) implements Content {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** Something to be fetched from the platform. */
    sealed interface Media extends Content permits Image, Video, Audio, Document, Sticker {

        /** What it is fetched by; always (documented). */
        @Nullable
        String id();

        /** Its media type; always (documented). */
        @Nullable
        String mimeType();

        /** Its digest in Base64; always (documented), hexadecimal in some samples (observed). */
        @Nullable
        String sha256();

        /** Where it is; short-lived, needs the access token; optional since late 2025 (documented). */
        @Nullable
        String url();
    }

    /**
     * A picture.
     *
     * @param id what it is fetched by; always (documented)
     * @param mimeType always (documented)
     * @param sha256 Base64; always (documented), hexadecimal in some samples (observed)
     * @param caption optional (documented)
     * @param url short-lived, needs the access token; optional since late 2025 (documented)
     * @param file path on the server: On-Premises API only (documented)
     * @param link On-Premises API only (inferred)
     */
    @ContentType("image")
    record Image(
            @Nullable String id,
            @Nullable String mimeType,
            @Nullable String sha256,
            @Nullable String caption,
            @Nullable String url,
            @Nullable String file,
            @Nullable String link)
            implements Media {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A video.
     *
     * @param id what it is fetched by; always (documented)
     * @param mimeType always (documented)
     * @param sha256 Base64; always (documented), hexadecimal in some samples (observed)
     * @param caption optional (documented)
     * @param url short-lived, needs the access token; optional since late 2025 (documented)
     * @param file path on the server: On-Premises API only (documented)
     * @param link On-Premises API only (inferred)
     */
    @ContentType("video")
    record Video(
            @Nullable String id,
            @Nullable String mimeType,
            @Nullable String sha256,
            @Nullable String caption,
            @Nullable String url,
            @Nullable String file,
            @Nullable String link)
            implements Media {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Sound: a file, a recording, or the voicemail of a call.
     *
     * @param id what it is fetched by; always (documented)
     * @param mimeType with the codec for recordings, {@code audio/ogg; codecs=opus}; always (documented)
     * @param sha256 Base64; always (documented), hexadecimal in some samples (observed)
     * @param voice whether it was recorded in the app; always (documented)
     * @param url short-lived, needs the access token; optional since late 2025 (documented)
     * @param file path on the server: On-Premises API only (documented)
     * @param link On-Premises API only (inferred)
     */
    @ContentType({"audio", "voice"})
    record Audio(
            @Nullable String id,
            @Nullable String mimeType,
            @Nullable String sha256,
            @Nullable Boolean voice,
            @Nullable String url,
            @Nullable String file,
            @Nullable String link)
            implements Media {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A file.
     *
     * @param id what it is fetched by; always (documented)
     * @param mimeType always (documented)
     * @param sha256 Base64; always (documented), hexadecimal in some samples (observed)
     * @param filename optional (documented)
     * @param caption optional (documented)
     * @param url short-lived, needs the access token; optional since late 2025 (documented)
     * @param file path on the server: On-Premises API only (documented)
     * @param link On-Premises API only (inferred)
     */
    @ContentType("document")
    record Document(
            @Nullable String id,
            @Nullable String mimeType,
            @Nullable String sha256,
            @Nullable String filename,
            @Nullable String caption,
            @Nullable String url,
            @Nullable String file,
            @Nullable String link)
            implements Media {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A sticker.
     *
     * @param id what it is fetched by; always (documented)
     * @param mimeType {@code image/webp}; always (documented)
     * @param sha256 Base64; always (documented), hexadecimal in some samples (observed)
     * @param animated whether it moves; always (documented)
     * @param url short-lived, needs the access token; optional since late 2025 (documented)
     * @param file path on the server: On-Premises API only (documented)
     * @param link On-Premises API only (inferred)
     * @param metadata of the sticker's pack, open: On-Premises API only (inferred)
     */
    @ContentType("sticker")
    record Sticker(
            @Nullable String id,
            @Nullable String mimeType,
            @Nullable String sha256,
            @Nullable Boolean animated,
            @Nullable String url,
            @Nullable String file,
            @Nullable String link,
            @Nullable JsonNode metadata)
            implements Media {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A place.
     *
     * @param latitude degrees, exact; always, without a fraction where it is whole (documented), a string once (observed)
     * @param longitude like the latitude; always (documented)
     * @param name optional (documented)
     * @param address optional (documented)
     * @param url optional (documented)
     */
    @ContentType("location")
    record Location(
            @Nullable BigDecimal latitude,
            @Nullable BigDecimal longitude,
            @Nullable String name,
            @Nullable String address,
            @Nullable String url)
            implements Content {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * People of the user's address book.
     *
     * @param cards the platform sends the bare array (documented)
     */
    @Bare
    @ContentType("contacts")
    record Contacts(List<ContactCard> cards) implements Content {

        public Contacts {
            cards = Lists.orEmpty(cards);
        }

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * What a user chose in a message that offered choices; in echoes, the message that offers them.
     *
     * @param type what kind it is; always (documented)
     * @param reply stands in the property that is named after the type; absent in echoes, and where the platform leaves it
     *     out (documented)
     * @param header of an offer, as it was sent, open; only in echoes (documented)
     * @param body of an offer, as it was sent, open; only in echoes (documented)
     * @param footer of an offer, as it was sent, open; only in echoes (documented)
     * @param action of an offer, as it was sent, open; only in echoes (documented)
     */
    @ContentType("interactive")
    record Interactive(
            @Nullable OpenEnum<InteractiveType> type,
            @Nullable Reply reply,
            @Nullable JsonNode header,
            @Nullable JsonNode body,
            @Nullable JsonNode footer,
            @Nullable JsonNode action)
            implements Content {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A quick-reply button of a template was pressed.
     *
     * @param payload what the business attached to it; optional (documented)
     * @param text what stands on it; always (documented)
     */
    @ContentType("button")
    record Button(@Nullable String payload, @Nullable String text) implements Content {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Products were ordered from a catalog.
     *
     * @param catalogId which catalog; always (documented)
     * @param text what the user wrote with it; may be empty or absent (documented)
     * @param productItems what was ordered; always (documented)
     */
    @ContentType("order")
    record Order(@Nullable String catalogId, @Nullable String text, List<ProductItem> productItems) implements Content {

        public Order {
            productItems = Lists.orEmpty(productItems);
        }

        /**
         * So many of one product.
         *
         * @param productRetailerId which product, by the business's own id; always (documented)
         * @param quantity how many; always (documented)
         * @param itemPrice price of one, exact; always (documented), a string in older captures (observed)
         * @param currency ISO 4217; always (documented)
         */
        public record ProductItem(
                @Nullable String productRetailerId,
                @Nullable BigDecimal quantity,
                @Nullable BigDecimal itemPrice,
                @Nullable String currency) {

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

    /**
     * A reaction to a message, or the end of one.
     *
     * @param messageId to which message; always (documented)
     * @param emoji absent once it is removed (documented), empty in older captures (observed)
     */
    @ContentType("reaction")
    record Reaction(@Nullable String messageId, @Nullable String emoji) implements Content {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Something changed about the user.
     *
     * @param body an English sentence; always (documented)
     * @param type what changed; always (documented)
     * @param waId the new WhatsApp id; with a new number (documented)
     * @param newWaId the same, webhook versions up to 11 and On-Premises API (documented)
     * @param customer the WhatsApp id before; optional (documented)
     * @param identity hash of the new identity; optional (documented)
     * @param userId the new business-scoped id; with a new id (documented)
     * @param parentUserId the same for linked portfolios; optional (documented)
     * @param previousUserId the business-scoped id before; since August 2026 (documented)
     * @param previousParentUserId the same for linked portfolios; since August 2026 (documented)
     * @param users of a group: On-Premises API only (inferred)
     */
    @ContentType("system")
    record SystemNotice(
            @Nullable String body,
            @Nullable OpenEnum<Type> type,
            @Nullable String waId,
            @Nullable String newWaId,
            @Nullable String customer,
            @Nullable String identity,
            @Nullable String userId,
            @Nullable String parentUserId,
            @Nullable String previousUserId,
            @Nullable String previousParentUserId,
            List<String> users)
            implements Content {

        public SystemNotice {
            users = Lists.orEmpty(users);
        }

        /** What may change about a user (documented; the last two of On-Premises groups, inferred). */
        public enum Type implements OpenEnum<Type> {
            USER_CHANGED_NUMBER,
            USER_CHANGED_USER_ID,
            CUSTOMER_IDENTITY_CHANGED,
            CUSTOMER_CHANGED_NUMBER,
            GROUP_USER_JOINED,
            GROUP_USER_LEFT
        }

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A message was edited. Only with numbers of the WhatsApp Business app (documented).
     *
     * @param originalMessageId which message; always (documented)
     * @param message what it says now; always (documented)
     */
    @ContentType("edit")
    record Edit(
            @Nullable String originalMessageId, @Nullable Edited message) implements Content {

        /**
         * What a message says since it was edited.
         *
         * @param type what kind of message it is; always (documented)
         * @param context what it answers, with a dummy id; optional (documented)
         * @param content stands in the property that is named after the type; absent where the platform leaves it out
         *     (documented)
         */
        public record Edited(
                @Nullable OpenEnum<MessageType> type,
                @Nullable MessageContext context,
                @Nullable Content content) {

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

    /**
     * A message was deleted for everyone. Only with numbers of the WhatsApp Business app (documented).
     *
     * @param originalMessageId which message; always (documented)
     */
    @ContentType("revoke")
    record Revoke(@Nullable String originalMessageId) implements Content {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A message of a kind that the platform does not pass on; the message's errors say why.
     *
     * @param type what kind; optional, an open list (documented)
     */
    @ContentType("unsupported")
    record Unsupported(@Nullable OpenEnum<Kind> type) implements Content {

        /** What may not be passed on ({@code EDIT}, {@code POLL} and {@code BUTTON} documented, the others observed). */
        public enum Kind implements OpenEnum<Kind> {
            BUTTON,
            EDIT,
            ERRORS,
            GIF,
            GROUP_INVITE,
            HSM,
            IMAGE,
            INTERACTIVE,
            KEEP_IN_CHAT,
            LINK_PREVIEW,
            LIST,
            LOCATION,
            MEDIA_PLACEHOLDER,
            ORDER,
            PIN,
            POLL,
            POLL_CREATION,
            POLL_UPDATE,
            PRODUCT,
            REACTION
        }

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Content of a message whose type is not known.
     *
     * @param json the property that is named after the type, as it came. Must not be changed.
     */
    @Bare
    record Unknown(JsonNode json) implements Content {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }
}
