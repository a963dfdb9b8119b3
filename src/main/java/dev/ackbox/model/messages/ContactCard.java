package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A person of a user's address book, as the user wrote it down.
 *
 * @param name always
 * @param phones optional
 * @param emails optional
 * @param addresses optional
 * @param urls optional
 * @param ims open: On-Premises API only (observed)
 * @param org optional
 * @param birthday {@code YYYY-MM-DD}; optional
 * @param vcard the whole card as a vCard; optional
 * @param origin how it came to be sent; optional
 */
public record ContactCard(
        @Nullable Name name,
        List<Phone> phones,
        List<Email> emails,
        List<Address> addresses,
        List<Link> urls,
        List<JsonNode> ims,
        @Nullable Organization org,
        @Nullable String birthday,
        @Nullable String vcard,
        @Nullable OpenEnum<Origin> origin) {

    public ContactCard {
        phones = Lists.orEmpty(phones);
        emails = Lists.orEmpty(emails);
        addresses = Lists.orEmpty(addresses);
        urls = Lists.orEmpty(urls);
        ims = Lists.orEmpty(ims);
    }

    /**
     * A person's name.
     *
     * @param formattedName the whole of it; always
     * @param firstName optional
     * @param lastName optional
     * @param middleName optional
     * @param prefix optional
     * @param suffix optional
     */
    public record Name(
            @Nullable String formattedName,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String middleName,
            @Nullable String prefix,
            @Nullable String suffix) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A phone number.
     *
     * @param phone as it was written; optional
     * @param waId WhatsApp id; absent for who is not on WhatsApp
     * @param userId business-scoped id; optional, since 2026
     * @param type such as {@code HOME}, {@code Mobile}, free text; optional
     */
    public record Phone(
            @Nullable String phone,
            @Nullable String waId,
            @Nullable String userId,
            @Nullable String type) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * An e-mail address.
     *
     * @param email optional
     * @param type free text; optional
     */
    public record Email(@Nullable String email, @Nullable String type) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A postal address.
     *
     * @param street optional
     * @param city optional
     * @param state optional
     * @param zip optional
     * @param country optional
     * @param countryCode ISO 3166 alpha-2; optional
     * @param type free text; optional
     */
    public record Address(
            @Nullable String street,
            @Nullable String city,
            @Nullable String state,
            @Nullable String zip,
            @Nullable String country,
            @Nullable String countryCode,
            @Nullable String type) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A web address.
     *
     * @param url optional
     * @param type free text; optional
     */
    public record Link(@Nullable String url, @Nullable String type) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Where a person works.
     *
     * @param company optional
     * @param department optional
     * @param title optional
     */
    public record Organization(
            @Nullable String company,
            @Nullable String department,
            @Nullable String title) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** How a card may have come to be sent. */
    public enum Origin implements OpenEnum<Origin> {
        /** The business asked for it. */
        CONTACT_REQUEST,
        OTHER
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
