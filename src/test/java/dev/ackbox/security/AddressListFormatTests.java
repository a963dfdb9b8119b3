package dev.ackbox.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressListFormatTests {

    @ParameterizedTest
    @CsvSource({
        "AUTO, plain.txt",
        "PLAIN, plain.txt",
        "AUTO, geofeed.csv",
        "GEOFEED, geofeed.csv",
        "AUTO, radb.txt",
        "RADB, radb.txt"
    })
    void everyFormSaysTheSame(AddressListFormat format, String file) throws Exception {
        AddressList list = format.parse(AddressSamples.read(file));
        AddressList expected = AddressList.of(AddressSamples.RANGES);
        assertThat(list.size()).isEqualTo(expected.size()).isEqualTo(AddressSamples.RANGES.size());
        for (String range : AddressSamples.RANGES) {
            NaiveRange naive = NaiveRange.of(range);
            assertThat(list.contains(naive.text(naive.first()))).as(range).isTrue();
            assertThat(list.contains(naive.text(naive.last()))).as(range).isTrue();
        }
        assertThat(list.contains("31.13.23.255")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "31.13.24.0/21",
                "31.13.24.0/21\n",
                "31.13.24.0/21\r\n",
                "31.13.24.0/21\r",
                "\n\n  31.13.24.0/21  \n",
                "\t31.13.24.0/21#comment, with comma: and colon",
                "\uFEFF31.13.24.0/21",
                "\uFEFF# comment, with comma\n31.13.24.0/21",
                "31.13.24.0/21,US,US-CA,Menlo Park,94025",
                "31.13.24.0/21,,,,",
                "31.13.24.0/21,",
                "\"31.13.24.0/21\",\"US\",\"US-CA\",\"Menlo, Park\",",
                " 31.13.24.0/21 , US",
                "# comment\n\n31.13.24.0/21,US,,Gro\uFFFDe,\n",
                "route:31.13.24.0/21",
                "route:      31.13.24.0/21 # why\norigin: AS32934",
                "Route: 31.13.24.0/21",
                "% comment, with comma\n\ndescr: Menlo, Park\nroute: 31.13.24.0/21\n+ more\n  and more",
                "descr:\nroute-set: RS-EXAMPLE\nroute: 31.13.24.0/21\nremarks: route: 1.2.3.0/24\nno attribute",
            })
    void theFormIsSeenByTheContent(String text) throws Exception {
        AddressList list = AddressListFormat.AUTO.parse(utf8(text));
        assertThat(list).hasToString("AddressList[1 ranges]");
        assertThat(list.contains("31.13.24.0")).isTrue();
        assertThat(list.contains("31.13.31.255")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fe80::/10", "face::", "fe80::/10 # route: of its own, or so", "abcd:ef01::/32"})
    void anAddressInHexadecimalIsNoAttribute(String text) throws Exception {
        assertThat(AddressListFormat.AUTO.parse(utf8(text)).size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO,    '31.13.24.0/21\n\n# fine\n31.13.24.0/2 # not fine', 4, behind the prefix length",
        "AUTO,    '31.13.24.0/21\r\n31.13.64.0/99\r\n',               2, a prefix length of 1 to 32",
        "AUTO,    '31.13.24.0/21\r\rfacebook.com',                    3, expected an address or a range",
        "AUTO,    '<!DOCTYPE html>\n<html>',                          1, expected an address or a range",
        "AUTO,    '{\"prefixes\": []}',                               1, expected an address or a range",
        "AUTO,    '31.13.24.0/21 31.13.64.0/18',                      1, a prefix length",
        "AUTO,    '31.13.24.0/21\n31.13.64.0/18,US,,,',               2, a prefix length",
        "AUTO,    '31.13.24.0/21,US,,,\n,US,,,',                      2, expected an address or a range",
        "AUTO,    'route: 31.13.24.0/21\nroute:\n',                   2, expected an address or a range",
        "AUTO,    'route: 31.13.24.0/21\n\nroute6: 2a03:2880::/16',   3, behind the prefix length",
        "PLAIN,   'route: 31.13.24.0/21',                             1, expected an address or a range",
        "GEOFEED, '31.13.24.0/21,US\nprefix,country',                 2, expected an address or a range",
        "GEOFEED, '\"31.13.24.0/21,US\"',                             1, expected an address or a range",
        "RADB,    'route: 31.13.24.0/21, 31.13.64.0/18',              1, a prefix length"
    })
    void aWrongRangeIsReportedByItsLine(AddressListFormat format, String text, int line, String reason) {
        MalformedTextException ex = catchThrowableOfType(MalformedTextException.class, () -> format.parse(utf8(text)));
        assertThat(ex).hasMessageStartingWith("line " + line + ": ").hasMessageContaining(reason);
        assertThat(ex.getMessage()).doesNotContain("31.13", "facebook", "html", "prefixes", "US");
    }

    @ParameterizedTest
    @EnumSource
    void aTextWithoutARangeIsRefused(AddressListFormat format) {
        for (String text : new String[] {"", "\n", "\uFEFF", "# 31.13.24.0/21\n", " \r\n\t\r\n"}) {
            assertThatExceptionOfType(MalformedTextException.class)
                    .isThrownBy(() -> format.parse(utf8(text)))
                    .withMessageStartingWith("expected at least one range");
        }
    }

    @Test
    void anAnswerWithoutRoutesIsRefused() {
        assertThatExceptionOfType(MalformedTextException.class)
                .isThrownBy(
                        () -> AddressListFormat.AUTO.parse(utf8("%  No entries found for the selected source(s).\n")))
                .withMessageContaining("at least one range");
        assertThatExceptionOfType(MalformedTextException.class)
                .isThrownBy(() -> AddressListFormat.AUTO.parse(utf8("aut-num: AS32934\nimport: from AS1 accept ANY\n")))
                .withMessageContaining("at least one range");
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void tooManyLinesAreRefused(AddressListFormat format) throws Exception {
        String lines = "31.13.24.0/21\n".repeat(AddressListFormat.MAX_LINES);
        assertThat(AddressListFormat.AUTO.parse(utf8(lines)).size()).isEqualTo(1);
        assertThatExceptionOfType(MalformedTextException.class)
                .isThrownBy(() -> format.parse(utf8(lines + "\n")))
                .withMessageContaining("at most 200000 lines");
    }

    @ParameterizedTest
    @ValueSource(ints = {4_096, 5_000_000})
    void aLongLineIsReadLikeAnyOther(int length) throws Exception {
        String comment = "#" + "x".repeat(length) + "\n";
        assertThat(AddressListFormat.AUTO.parse(utf8(comment + "31.13.24.0/21")).size())
                .isEqualTo(1);
        for (AddressListFormat format : List.of(AddressListFormat.PLAIN, AddressListFormat.GEOFEED)) {
            assertThatExceptionOfType(MalformedTextException.class)
                    .isThrownBy(() -> format.parse(utf8("1".repeat(length))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16"})
    void aTextInAnotherEncodingIsNamedAsSuch(String charset) {
        assertThatExceptionOfType(MalformedTextException.class)
                .isThrownBy(() -> AddressListFormat.AUTO.parse("31.13.24.0/21".getBytes(Charset.forName(charset))))
                .withMessageContaining("expected text in UTF-8");
    }

    @Test
    void bytesThatAreNoTextDoNoHarmWhereNobodyReadsThem() throws Exception {
        byte[] latin = "31.13.24.0/21,DE,,M\u00fcnchen,\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(AddressListFormat.AUTO.parse(latin).size()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void randomTextIsReadOrRefusedAndNothingElse(AddressListFormat format) {
        Random random = new Random(32934);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] content = i % 10 == 0 ? randomBytes(random) : utf8(randomText(random));
            try {
                AddressList list = format.parse(content);
                assertThat(list.size()).isPositive();
                read++;
            } catch (MalformedTextException ex) {
                assertThat(ex.getMessage()).isNotBlank();
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void randomTextIsInNoListUnlessItIsAnAddress() {
        Random random = new Random(6);
        AddressList list = AddressList.of(AddressSamples.RANGES);
        for (int i = 0; i < 20_000; i++) {
            String text = randomText(random);
            if (list.contains(text)) {
                assertThat(text).matches("[0-9a-fA-F.:]+");
            }
        }
    }

    private static final String[] PIECES = {
        "31",
        "13",
        "24",
        "0",
        "255",
        "256",
        "2a03",
        "2880",
        "ffff",
        ".",
        ".",
        ":",
        "::",
        "/",
        "/21",
        "/32",
        "/128",
        "/0",
        "31.13.24.0",
        "2a03:2880::",
        "::ffff:",
        ",",
        "#",
        "%",
        "\"",
        " ",
        "\t",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "route: ",
        "route6:",
        "origin: AS32934",
        "\uFEFF",
        "\0",
        "\u0663",
        "\uD83D",
        "é",
        "-",
        "x"
    };

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
