package dev.ackbox.model;

import dev.ackbox.model.form.Redacted;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A person who uses WhatsApp, in whatever form Meta names them. At least one id is there. Normalised: an empty string is absent, a
 * business-scoped id in the place of a phone number moves to its own, a phone number is digits only, and a username has no {@code @}.
 *
 * <p>Two of these may be the same person and yet not be equal, since Meta does not always tell all of it: compare {@link #key()}.
 *
 * @param userId business-scoped id, such as {@code US.4170923358816620457}. Meta sends it with nearly everything since April 2026.
 * @param phoneNumber WhatsApp id, as digits. Mostly the phone number; not always, for example in Brazil, Mexico and Argentina.
 *     Absent where the user has a username and the number may not be shared.
 * @param parentUserId the business-scoped id at the level of linked portfolios, such as {@code US.ENT.7702184493160058231}
 * @param name what the user calls themselves. Any text.
 * @param username unique in WhatsApp; the user may change it
 */
public record User(
        @Nullable String userId,
        @Nullable String phoneNumber,
        @Nullable String parentUserId,
        @Nullable String name,
        @Nullable String username)
        implements Recipient {

    private static final Pattern PARENT_USER_ID = Pattern.compile("[A-Z]{2}\\.ENT\\.[A-Za-z0-9]+");
    private static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.[A-Za-z0-9]+");

    /** Takes time in proportion to the text's length: no part of it can match in two ways. */
    private static final Pattern PHONE_NUMBER = Pattern.compile("\\+?[ ().-]*+[0-9][0-9 ().-]*+");

    /**
     * Normalises.
     *
     * @throws IllegalArgumentException where there is no id
     */
    public User {
        userId = textOrNull(userId);
        phoneNumber = textOrNull(phoneNumber);
        parentUserId = textOrNull(parentUserId);
        name = textOrNull(name);
        username = withoutAt(textOrNull(username));
        if (phoneNumber != null && PARENT_USER_ID.matcher(phoneNumber).matches()) {
            parentUserId = parentUserId == null ? phoneNumber : parentUserId;
            phoneNumber = null;
        } else if (phoneNumber != null && USER_ID.matcher(phoneNumber).matches()) {
            userId = userId == null ? phoneNumber : userId;
            phoneNumber = null;
        } else if (phoneNumber != null && PHONE_NUMBER.matcher(phoneNumber).matches()) {
            phoneNumber = phoneNumber.replaceAll("[^0-9]", "");
        }
        if (userId == null && phoneNumber == null && parentUserId == null) {
            throw new IllegalArgumentException("A user must have an id");
        }
    }

    /** A user by their ids; absent where there is none of these. */
    public static @Nullable User of(
            @Nullable String phoneNumber, @Nullable String userId, @Nullable String parentUserId) {
        return of(phoneNumber, userId, parentUserId, null, null);
    }

    /** A user by their ids and names; absent where there is no id. */
    public static @Nullable User of(
            @Nullable String phoneNumber,
            @Nullable String userId,
            @Nullable String parentUserId,
            @Nullable String name,
            @Nullable String username) {
        return textOrNull(phoneNumber) == null && textOrNull(userId) == null && textOrNull(parentUserId) == null
                ? null
                : new User(userId, phoneNumber, parentUserId, name, username);
    }

    /** The user of a contact; absent where it has no id. */
    public static @Nullable User of(Contact contact) {
        Contact.Profile profile = contact.profile();
        return of(
                contact.waId(),
                contact.userId(),
                contact.parentUserId(),
                profile == null ? null : profile.name(),
                profile == null ? null : profile.username());
    }

    /** This user with what the contact of the same ids adds: the name, the username and further ids. */
    public User joinWith(List<Contact> contacts) {
        for (Contact contact : contacts) {
            User other = of(contact);
            if (other != null && isSameAs(other)) {
                return new User(
                        either(userId, other.userId),
                        either(phoneNumber, other.phoneNumber),
                        either(parentUserId, other.parentUserId),
                        either(name, other.name),
                        either(username, other.username));
            }
        }
        return this;
    }

    /**
     * What to store this user under: the business-scoped id where there is one, or else the phone number, or else the parent id. It may
     * change: Meta then sends a {@code SystemNotice} or a {@code UserIdUpdateValue}.
     */
    public String key() {
        String key = either(either(userId, phoneNumber), parentUserId);
        if (key == null) {
            throw new IllegalStateException("The constructor requires an id");
        }
        return key;
    }

    /** By the business-scoped id where both have one. */
    private boolean isSameAs(User other) {
        if (userId != null && other.userId != null) {
            return userId.equals(other.userId);
        }
        if (phoneNumber != null && other.phoneNumber != null) {
            return phoneNumber.equals(other.phoneNumber);
        }
        return parentUserId != null && parentUserId.equals(other.parentUserId);
    }

    private static @Nullable String either(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }

    private static @Nullable String textOrNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static @Nullable String withoutAt(@Nullable String username) {
        return username == null || !username.startsWith("@") ? username : textOrNull(username.substring(1));
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
