package dev.ackbox.simulate;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A WhatsApp user who writes, or is written to.
 *
 * @param number the number in digits, which is the WhatsApp id too
 */
record User(String number) {

    /** North American area codes; in each, 555-0100 to 555-0199 are set aside for fiction. */
    private static final List<String> AREA_CODES =
            List.of("206", "212", "303", "312", "404", "415", "503", "602", "617", "702");

    /** A thousand users who do not exist. */
    static List<User> invented() {
        return IntStream.range(100, 200)
                .boxed()
                .flatMap(line -> AREA_CODES.stream().map(area -> new User("1" + area + "5550" + line)))
                .toList();
    }

    /** The user's id towards this business; the same each time. */
    String userId() {
        return "US.4170" + "0".repeat(Math.max(0, 15 - number.length())) + number;
    }
}
