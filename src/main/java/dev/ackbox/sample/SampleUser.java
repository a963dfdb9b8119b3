package dev.ackbox.sample;

import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An invented WhatsApp user. Meta shows a business some or all of these; since 2026 the phone number is missing where a user has
 * adopted a username.
 *
 * @param name the name on the user's profile; absent: the sample's own
 * @param number the phone number in digits, which is the WhatsApp id too; absent where Meta does not show it
 * @param userId the business-scoped user id, such as {@code US.4170923358816620457}; absent in notifications from before 2026
 * @param username the username, without {@code @}; absent where the user has none
 */
public record SampleUser(
        @Nullable String name,
        @Nullable String number,
        @Nullable String userId,
        @Nullable String username) {

    /** Whom the bundled samples are about. */
    static final SampleUser ROBIN = new SampleUser("Robin Castell", "12065550100", "US.3151928840276135509", null);

    /** A user of a name. The number and the id are invented; a name always has the same ones. */
    public static SampleUser named(String name) {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        // In each area, 555-0100 to 555-0199 are set aside for fiction.
        String number = String.format(Locale.ROOT, "1%d55501%02d", random.nextInt(200, 1_000), random.nextInt(100));
        return new SampleUser(name, number, "US." + random.nextLong(1_000_000_000_000_000_000L, Long.MAX_VALUE), null);
    }

    /** A user of a phone number, in digits. The id is invented; a number always has the same one. */
    public static SampleUser ofNumber(String number) {
        return new SampleUser(null, number, "US.4170" + "0".repeat(Math.max(0, 15 - number.length())) + number, null);
    }

    /** The same user with another phone number, in digits. */
    public SampleUser withNumber(String other) {
        return new SampleUser(name, other, userId, username);
    }

    /** The same user as a business sees those that have adopted a username: by the business-scoped id alone. */
    public SampleUser withoutNumber() {
        return new SampleUser(name, null, userId, username);
    }

    /** The same user with another business-scoped id. */
    public SampleUser withUserId(String other) {
        return new SampleUser(name, number, other, username);
    }

    /** The same user as in notifications from before 2026: by the phone number alone. */
    public SampleUser withoutUserId() {
        return new SampleUser(name, number, null, username);
    }

    /** The same user with a username. */
    public SampleUser withUsername(String other) {
        return new SampleUser(name, number, userId, other);
    }

    /** Names nobody, since a test may put a real person here. */
    @Override
    public String toString() {
        return "SampleUser";
    }
}
