package dev.ackbox.simulate;

import dev.ackbox.sample.SampleUser;
import java.util.List;
import java.util.stream.IntStream;

/** Who writes, and is written to, where nobody is named. */
final class Users {

    /** North American area codes; in each, 555-0100 to 555-0199 are set aside for fiction. */
    private static final List<String> AREA_CODES =
            List.of("206", "212", "303", "312", "404", "415", "503", "602", "617", "702");

    private Users() {}

    /** A thousand users who do not exist. */
    static List<SampleUser> invented() {
        return IntStream.range(100, 200)
                .boxed()
                .flatMap(line -> AREA_CODES.stream().map(area -> SampleUser.ofNumber("1" + area + "5550" + line)))
                .toList();
    }
}
