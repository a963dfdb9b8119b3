package dev.ackbox.model.messages;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.form.Bare;
import dev.ackbox.model.form.ContentType;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.MustFit;
import dev.ackbox.model.form.Redacted;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a message says; each type has a record of its own, and a type that is not known is an {@link Unknown}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
public sealed interface Content {
    /**
     * A text.
     *
     * @param body any Unicode, of any length, lines end in {@code \\n}; always
     */
    @ContentType("text")
    record Text(@Nullable String body) implements Content {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** Something to be fetched from the platform. */
    sealed interface Media extends Content permits Image, Video, Audio, Document, Sticker {

        /** What it is fetched by; always. */
        @Nullable
        String id();

        /** Its media type; always. */
        @Nullable
        String mimeType();

        /** Its digest in Base64; always, hexadecimal in some samples (observed). */
        @Nullable
        String sha256();

        /** Where it is; short-lived, needs the access token; optional since late 2025. */
        @Nullable
        String url();
    }

    /**
     * A picture.
     *
     * @param id what it is fetched by; always
     * @param mimeType always
     * @param sha256 Base64; always, hexadecimal in some samples (observed)
     * @param caption optional
     * @param url short-lived, needs the access token; optional since late 2025
     * @param file path on the server: On-Premises API only
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

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A video.
     *
     * @param id what it is fetched by; always
     * @param mimeType always
     * @param sha256 Base64; always, hexadecimal in some samples (observed)
     * @param caption optional
     * @param url short-lived, needs the access token; optional since late 2025
     * @param file path on the server: On-Premises API only
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

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Sound: a file, a recording, or the voicemail of a call.
     *
     * @param id what it is fetched by; always
     * @param mimeType with the codec for recordings, {@code audio/ogg; codecs=opus}; always
     * @param sha256 Base64; always, hexadecimal in some samples (observed)
     * @param voice whether it was recorded in the app; always
     * @param url short-lived, needs the access token; optional since late 2025
     * @param file path on the server: On-Premises API only
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

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A file.
     *
     * @param id what it is fetched by; always
     * @param mimeType always
     * @param sha256 Base64; always, hexadecimal in some samples (observed)
     * @param filename optional
     * @param caption optional
     * @param url short-lived, needs the access token; optional since late 2025
     * @param file path on the server: On-Premises API only
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

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A sticker.
     *
     * @param id what it is fetched by; always
     * @param mimeType {@code image/webp}; always
     * @param sha256 Base64; always, hexadecimal in some samples (observed)
     * @param animated whether it moves; always
     * @param url short-lived, needs the access token; optional since late 2025
     * @param file path on the server: On-Premises API only
     * @param link On-Premises API only (inferred)
     * @param metadata of the sticker's pack, open: On-Premises API only (inferred)
     */
    @ContentType("sticker")
    @JsonInclude(JsonInclude.Include.NON_NULL)
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

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A place.
     *
     * @param latitude degrees, exact; always, without a fraction where it is whole, a string once (observed)
     * @param longitude like the latitude; always
     * @param name optional
     * @param address optional
     * @param url optional
     */
    @ContentType("location")
    record Location(
            @Nullable BigDecimal latitude,
            @Nullable BigDecimal longitude,
            @Nullable String name,
            @Nullable String address,
            @Nullable String url)
            implements Content {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * People of the user's address book.
     *
     * @param cards the platform sends the bare array
     */
    @Bare
    @ContentType("contacts")
    record Contacts(List<ContactCard> cards) implements Content {

        public Contacts {
            cards = Lists.orEmpty(cards);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * What a user chose in a message that offered choices; in echoes, the message that offers them. An empty one where the platform
     * sends nothing but the type (observed).
     *
     * @param type what kind of reply or, in echoes, of message with choices it is
     * @param reply stands in the property that is named after the type; always where {@link Reply} has that type, absent in echoes
     * @param header of an offer, as it was sent, open; only in echoes
     * @param body of an offer, as it was sent, open; only in echoes
     * @param footer of an offer, as it was sent, open; only in echoes
     * @param action of an offer, as it was sent, open; only in echoes
     */
    @ContentType(value = "interactive", mayBeAbsent = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Interactive(
            @Nullable OpenEnum<InteractiveType> type,
            @Nullable Reply reply,
            @Nullable JsonNode header,
            @Nullable JsonNode body,
            @Nullable JsonNode footer,
            @Nullable JsonNode action)
            implements Content {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A quick-reply button of a template was pressed.
     *
     * @param payload what the business attached to it; optional
     * @param text what stands on it; always
     */
    @ContentType("button")
    record Button(@Nullable String payload, @Nullable String text) implements Content, Choice {

        /** The payload. */
        @Override
        public @Nullable String id() {
            return payload;
        }

        /** The text. */
        @Override
        public @Nullable String title() {
            return text;
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Products were ordered from a catalog.
     *
     * @param catalogId which catalog; always
     * @param text what the user wrote with it; may be empty or absent
     * @param productItems what was ordered; always
     */
    @ContentType("order")
    record Order(@Nullable String catalogId, @Nullable String text, List<ProductItem> productItems) implements Content {

        public Order {
            productItems = Lists.orEmpty(productItems);
        }

        /**
         * What all of it costs, exact; absent where nothing was ordered, where a price or a quantity is absent, and where not
         * all prices are in one currency.
         */
        public @Nullable BigDecimal total() {
            if (currency() == null) {
                return null;
            }
            BigDecimal total = BigDecimal.ZERO;
            for (ProductItem item : productItems) {
                if (item.itemPrice() == null || item.quantity() == null) {
                    return null;
                }
                total = total.add(item.itemPrice().multiply(BigDecimal.valueOf(item.quantity())));
            }
            return total;
        }

        /** ISO 4217; absent where it is not the same for all that was ordered. */
        public @Nullable String currency() {
            String currency =
                    productItems.isEmpty() ? null : productItems.get(0).currency();
            return productItems.stream().allMatch(item -> Objects.equals(item.currency(), currency)) ? currency : null;
        }

        /**
         * So many of one product.
         *
         * @param productRetailerId which product, by the business's own id; always
         * @param quantity how many; always
         * @param itemPrice price of one, exact; always, a string in older captures (observed)
         * @param currency ISO 4217; always
         */
        public record ProductItem(
                @Nullable String productRetailerId,
                @Nullable Long quantity,
                @Nullable BigDecimal itemPrice,
                @Nullable String currency) {

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

    /**
     * A reaction to a message, or the end of one.
     *
     * @param messageId to which message; always
     * @param emoji absent once it is removed, empty in older captures (observed)
     */
    @ContentType("reaction")
    record Reaction(
            @Nullable String messageId, @MustFit @Nullable String emoji) implements Content {

        /** Whether an earlier reaction was removed. */
        @JsonIgnore
        public boolean isRemoval() {
            return emoji == null || emoji.isEmpty();
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Something changed about the user.
     *
     * @param body an English sentence; always
     * @param type what changed; always
     * @param newWaId the new WhatsApp id; with a new number, older under another name
     * @param customer the WhatsApp id before; optional
     * @param identity hash of the new identity; optional
     * @param userId the new business-scoped id; with a new id
     * @param parentUserId the same for linked portfolios; optional
     * @param previousUserId the business-scoped id before; since August 2026
     * @param previousParentUserId the same for linked portfolios; since August 2026
     * @param users of a group: On-Premises API only (inferred)
     */
    @ContentType("system")
    record SystemNotice(
            @Nullable String body,
            @Nullable OpenEnum<Type> type,

            @JsonProperty("wa_id") @JsonAlias("new_wa_id") @Nullable
            String newWaId,

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

        /** What may change about a user (the last two of On-Premises groups, inferred). */
        public enum Type implements OpenEnum<Type> {
            USER_CHANGED_NUMBER,
            USER_CHANGED_USER_ID,
            CUSTOMER_IDENTITY_CHANGED,
            CUSTOMER_CHANGED_NUMBER,
            GROUP_USER_JOINED,
            GROUP_USER_LEFT
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A message was edited. Only with numbers of the WhatsApp Business app.
     *
     * @param originalMessageId which message; always
     * @param message what it says now; always
     */
    @ContentType("edit")
    record Edit(@Nullable String originalMessageId, Replacement message) implements Content {

        /**
         * What a message says since it was edited.
         *
         * @param type what kind of message it is; always
         * @param context what it answers, with a dummy id; optional
         * @param content stands in the property that is named after the type; always where {@link Content} has that type
         */
        public record Replacement(
                @Nullable OpenEnum<MessageType> type,
                @Nullable MessageContext context,
                @Nullable Content content) {

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

    /**
     * A message was deleted for everyone. Only with numbers of the WhatsApp Business app.
     *
     * @param originalMessageId which message; always
     */
    @ContentType("revoke")
    record Revoke(@Nullable String originalMessageId) implements Content {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A message of a kind that the platform does not pass on; the message's errors say why. An empty one where the platform sends
     * nothing but the type {@code unsupported} or, earlier, {@code unknown}.
     *
     * @param type what kind; optional, an open list
     */
    @ContentType(
            value = {"unsupported", "unknown"},
            mayBeAbsent = true)
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
            REACTION,
            UNKNOWN
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Content of a message whose type is not known, or is known to have none.
     *
     * @param json the property that is named after the type, as it came. Must not be changed.
     */
    @Bare
    record Unknown(JsonNode json) implements Content {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }
}
