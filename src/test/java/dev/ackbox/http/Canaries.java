package dev.ackbox.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands in the place of personal data and secrets, and is met nowhere else by chance; and how it is found again, whatever
 * has been made of it: base64, hexadecimal digits, a list of bytes, JSON or a URL.
 */
final class Canaries {

    /** Part of each text. */
    static final String MARK = "kanarienvogel";

    /** Digits alone, as the platform writes it. */
    static final String PHONE = "4915730846217";

    /** Of somebody who is erased. */
    static final String ERASED_PHONE = "4915730499381";

    static final String ERASED_TEXT = "distelfink";

    static final String USER_ID = "DE.7305591846620937716";
    static final String LATITUDE = "47.1573084621";
    static final String LONGITUDE = "8.5730846219";

    /** What all ids of messages begin with, which are base64. */
    private static final String WAMID = "wamid." + base64((PHONE + "-" + MARK).getBytes(StandardCharsets.UTF_8), 0);

    static final String VERIFY_TOKEN = MARK + "-verify-token";
    static final String SECRET = MARK + "-secret-current";
    static final String PREVIOUS_SECRET = MARK + "-secret-previous";
    static final String ROTATED_SECRET = MARK + "-secret-rotated";
    static final String GATEWAY_SECRET = MARK + "-secret-gateway";
    static final String HEADER_SECRET = MARK + "-secret-header";
    static final String PASSWORD = MARK + "-password";

    private static final int EXCERPT = 150;

    private static final Pattern FORMS = Pattern.compile(
            List.of(
                            MARK,
                            PHONE,
                            ERASED_PHONE,
                            ERASED_TEXT,
                            // As people write it.
                            "49 1573 0846217",
                            USER_ID.substring(3),
                            LATITUDE,
                            LONGITUDE,
                            WAMID)
                    .stream()
                    .flatMap(canary -> forms(canary).stream())
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|")),
            Pattern.CASE_INSENSITIVE);

    private Canaries() {}

    /** A text with a character that JSON and URLs may write in another way. */
    static String text(String about) {
        return "Zo\u00eb's " + MARK + ", \"" + about + "\"";
    }

    /** The id of a message. */
    static String wamid(int number) {
        return WAMID + base64("%06d".formatted(number).getBytes(StandardCharsets.UTF_8), 0);
    }

    /** Each place in a text where a canary is met, with what stands around it. */
    static List<String> in(String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = FORMS.matcher(text);
        while (matcher.find()) {
            found.add("..."
                    + text.substring(
                            Math.max(0, matcher.start() - EXCERPT), Math.min(text.length(), matcher.end() + EXCERPT))
                    + "...");
        }
        return found;
    }

    private static Set<String> forms(String canary) {
        byte[] bytes = canary.getBytes(StandardCharsets.UTF_8);
        Set<String> forms = new LinkedHashSet<>();
        forms.add(canary);
        forms.add(URLEncoder.encode(canary, StandardCharsets.UTF_8));
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.ofDelimiter(" ").formatHex(bytes));
        String list = Arrays.toString(bytes);
        forms.add(list.substring(1, list.length() - 1));
        for (int before = 0; before < 3; before++) {
            forms.add(base64(bytes, before));
        }
        return forms;
    }

    /** What does not depend on the bytes before and after it, of which there are as many before. */
    private static String base64(byte[] bytes, int before) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int firstWhole = before == 0 ? 0 : before + 1;
        return encoded.substring(firstWhole, shifted.length * 8 / 6);
    }
}
