package dev.ackbox.simulate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SplittableRandom;

/** Makes ids that were never used before, in the platform's form. For one thread. */
final class FreshIds {

    private static final char[] HEX_DIGITS = "0123456789ABCDEF".toCharArray();
    private static final int UNIQUE_DIGITS = 20;

    private final SplittableRandom random = new SplittableRandom();

    /**
     * An id such as those of messages and calls: a prefix, and in Base64 the user's number, the direction and a part that
     * is unique (read from example ids; nobody should rely on it).
     */
    String messageId(String prefix, User user, boolean outgoing) {
        ByteArrayOutputStream id = new ByteArrayOutputStream();
        id.writeBytes(new byte[] {0x1c, 0x18, (byte) user.number().length()});
        id.writeBytes(user.number().getBytes(StandardCharsets.US_ASCII));
        id.writeBytes(new byte[] {0x15, 0x02, 0x00, (byte) (outgoing ? 0x11 : 0x12), 0x18, UNIQUE_DIGITS});
        id.writeBytes(uniqueDigits());
        id.write(0);
        return prefix + Base64.getEncoder().encodeToString(id.toByteArray());
    }

    private byte[] uniqueDigits() {
        byte[] digits = new byte[UNIQUE_DIGITS];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) HEX_DIGITS[random.nextInt(HEX_DIGITS.length)];
        }
        return digits;
    }

    /** A number of so many decimal digits, the first not zero. */
    long number(int digits) {
        long smallest = 1;
        for (int i = 1; i < digits; i++) {
            smallest *= 10;
        }
        return random.nextLong(smallest, smallest * 10);
    }
}
