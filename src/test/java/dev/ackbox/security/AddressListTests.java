package dev.ackbox.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ackbox.FuzzInputs;
import inet.ipaddr.IPAddress;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressListTests {

    private static final int ADDRESSES = 100_000;

    static Stream<String> publishedRanges() {
        return AddressSamples.RANGES.stream();
    }

    @ParameterizedTest
    @MethodSource("publishedRanges")
    void everyRangeReachesFromItsFirstAddressToItsLastAndNoFurther(String range) throws UnknownHostException {
        NaiveRange naive = NaiveRange.of(range);
        AddressList alone = AddressList.of(List.of(range));
        assertThat(alone.contains(naive.text(naive.first()))).isTrue();
        assertThat(alone.contains(naive.text(naive.last()))).isTrue();
        assertThat(alone.contains(naive.text(naive.first().subtract(BigInteger.ONE))))
                .isFalse();
        assertThat(alone.contains(naive.text(naive.last().add(BigInteger.ONE)))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            31.13.24.5,                     true
            ::ffff:31.13.24.5,              true
            ::FFFF:31.13.24.5,              true
            ::ffff:1f0d:1805,               true
            0:0:0:0:0:ffff:1f0d:1805,       true
            31.13.23.255,                   false
            ::ffff:31.13.23.255,            false
            ::31.13.24.5,                   false
            64:ff9b::31.13.24.5,            false
            2002:1f0d:1805::,               false
            2a03:2880:10ff::face:b00c,      true
            2A03:2880:10FF:0:0:0:FACE:B00C, true
            2a03:2880:10ff:0000:0000:0000:0000:0001, true
            2a03:2881::,                    false
            2620:0:1cff:ffff:ffff:ffff:ffff:ffff, true
            2620:0:1d00::,                  false
            127.0.0.1,                      false
            ::1,                            false
            ::,                             false
            """)
    void anAddressMatchesHoweverItIsWritten(String address, boolean expected) {
        assertThat(AddressList.of(AddressSamples.RANGES).contains(address)).isEqualTo(expected);
    }

    /** Each of them would match 31.13.24.0/21 or 2a03:2880::/32 for a reader that means well. */
    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "31.13.24",
                "31.13.24.",
                ".31.13.24.5",
                "31.13..5",
                "31.13.24.5.",
                "31.13.24.5.6",
                "31.13.6149",
                "520951813",
                "0x1f.13.24.5",
                "0x1f0d1805",
                "031.13.24.5",
                "31.013.24.5",
                "31.13.24.05",
                "31.13.24.256",
                "31.13.24.-5",
                "+31.13.24.5",
                "31.13.24.5 ",
                " 31.13.24.5",
                "31.13.24.5\n",
                "31.13.24.5:443",
                "31.13.24.5/32",
                "31.13.24.0/21",
                "[31.13.24.5]",
                "31,13,24,5",
                "٣١.١٣.٢٤.٥",
                "３１.13.24.5",
                "31。13。24。5",
                "localhost",
                "facebook.com",
                "edge-star-mini-shv-01-fra5.facebook.com",
                "31.13.24.5.example.com",
                "31.13.24.5%0",
                "2a03:2880::1%eth0",
                "2a03:2880::1%0",
                "[2a03:2880::1]",
                "[2a03:2880::1]:443",
                "2a03:2880::1/128",
                "2a03:2880:",
                "2a03:2880",
                ":2a03:2880::1",
                "2a03:2880::1:",
                "2a03:2880:::1",
                "2a03::2880::1",
                "2a03:2880::12345",
                "2a03:2880::g",
                "2a03:2880::00001",
                "2a03:2880::-1",
                "2a03:2880:0:0:0:0:1",
                "2a03:2880:0:0:0:0:0:0:1",
                "2a03:2880:0:0:0:0:0:1::",
                "::2a03:2880:0:0:0:0:0:1:1",
                "2a03:2880::１",
                "2a03:2880::1 ",
                " 2a03:2880::1",
                ":",
                ":::",
                "::ffff:31.13.24",
                "::ffff:31.13.24.05",
                "::ffff:31.13.24.5:1",
                "::ffff:31.13.24.256",
                "31.13.24.5::",
                "::31.13.24.5:ffff",
                "2a03:2880:0:0:0:0:0:31.13.24.5",
                "2a03.2880::1",
                "unknown",
                "_hidden",
                "-"
            })
    void whatIsNoLiteralAddressIsInNoList(String text) {
        assertThat(AddressList.of(AddressSamples.RANGES).contains(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "31.13.24.5,            31.13.24.5,          31.13.24.6",
        "31.13.24.5/32,         31.13.24.5,          31.13.24.4",
        "2a03:2880::5,          2a03:2880::5,        2a03:2880::6",
        "2a03:2880::5/128,      2a03:2880::5,        2a03:2880::4",
        "::ffff:31.13.24.5,     31.13.24.5,          31.13.24.6",
        "::ffff:31.13.24.0/117, 31.13.31.255,        31.13.32.0",
        "128.0.0.0/1,           255.255.255.255,     127.255.255.255",
        "8000::/1,              ffff::,              7fff::",
        "::/64,                 ::ff:31.13.24.5,     31.13.24.5",
        "2a03:2880:0:0:8000::/65, 2a03:2880::8000:0:0:0, 2a03:2880::7fff:0:0:0",
        "2a03:2880::/64,        2a03:2880::ffff:0:0:0, 2a03:2880:0:1::",
        "2a03:2880::/63,        2a03:2880:0:1::,     2a03:2880:0:2::"
    })
    void aRangeMayBeWrittenInEachOfTheseForms(String range, String inside, String outside) {
        AddressList list = AddressList.of(List.of(range));
        assertThat(list.contains(inside)).isTrue();
        assertThat(list.contains(outside)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "31.13.24.0/2,          behind the prefix length",
        "31.13.24.5/21,         behind the prefix length",
        "2a03:2880::1/32,       behind the prefix length",
        "2a03:2880::/24,        behind the prefix length",
        "::ffff:31.13.24.5/64,  behind the prefix length",
        "::ffff:0:0/95,         behind the prefix length",
        "0.0.0.0/0,             let every address in",
        "::/0,                  let every address in",
        "::ffff:0:0/96,         let every address in",
        "31.13.24.0/33,         a prefix length of 1 to 32",
        "31.13.24.0/,           a prefix length of 1 to 32",
        "31.13.24.0/021,        a prefix length of 1 to 32",
        "31.13.24.0/+21,        a prefix length of 1 to 32",
        "31.13.24.0/21/21,      a prefix length of 1 to 32",
        "31.13.24.0/255.255.248.0, a prefix length of 1 to 32",
        "2a03:2880::/129,       a prefix length of 1 to 128",
        "facebook.com,          expected an address or a range",
        "AS32934,               expected an address or a range",
        "31.13.24/21,           expected an address or a range",
        "031.13.24.0/21,        expected an address or a range",
        "fe80::1%eth0,          expected an address or a range",
        "fe80::%eth0/10,        expected an address or a range",
        "31.13.24.0-31.13.31.255, expected an address or a range",
        "/21,                   expected an address or a range",
        "'',                    expected an address or a range"
    })
    void aWrongRangeIsRefusedWithItsPlaceAndAReasonButNotRepeated(String range, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressList.of(List.of("31.13.24.0/21", range)))
                .withMessageStartingWith("range 2: ")
                .withMessageContaining(reason)
                .satisfies(ex -> assertThat(range.isEmpty() || !ex.getMessage().contains(range))
                        .isTrue());
    }

    @Test
    void anEmptyListIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressList.of(List.of()));
    }

    @Test
    void rangesMayOverlapOrTouch() {
        AddressList list = AddressList.of(List.of(
                "31.13.28.0/22",
                "31.13.24.0/22",
                "31.13.25.0/24",
                "31.13.24.0/22",
                "255.255.255.255",
                "ffff::/16",
                "ffff:ffff::/32",
                "::1",
                "::",
                "8000::/2",
                "4000::/2"));
        assertThat(list.contains("31.13.24.0")).isTrue();
        assertThat(list.contains("31.13.31.255")).isTrue();
        assertThat(list.contains("31.13.32.0")).isFalse();
        assertThat(list.contains("7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")).isTrue();
        assertThat(list.contains("3fff::")).isFalse();
        assertThat(list).hasToString("AddressList[10 ranges]");
    }

    @Test
    void agreesWithANaiveImplementationOnRandomRangesAndAddresses() throws UnknownHostException {
        Random random = new Random(20261122);
        long inside = 0;
        for (int round = 0; round < 100; round++) {
            List<String> ranges = new ArrayList<>();
            List<NaiveRange> naive = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(60); i++) {
                NaiveRange range = NaiveRange.random(random);
                naive.add(range);
                ranges.add(range.toString());
            }
            AddressList list = AddressList.of(ranges);
            for (int i = 0; i < ADDRESSES / 100; i++) {
                NaiveRange near = naive.get(random.nextInt(naive.size()));
                BigInteger address = random.nextInt(10) == 0 ? near.anywhere(random) : near.closeBy(random);
                boolean expected = naive.stream().anyMatch(range -> range.contains(near.bits(), address));
                inside += expected ? 1 : 0;
                String text = near.text(address);
                assertThat(list.contains(text)).as("%s in %s", text, ranges).isEqualTo(expected);
            }
        }
        assertThat(inside).isBetween(ADDRESSES / 5L, ADDRESSES * 4L / 5);
    }

    @Test
    void readsAddressesAsTheRuntimeDoes() throws UnknownHostException {
        Random random = new Random(8805);
        for (int i = 0; i < 20_000; i++) {
            String text = randomSix(random);
            IPAddress read = Addresses.read(text);
            assertThat(text).contains(":"); // or the runtime would take it for a name
            byte[] expected;
            try {
                expected = InetAddress.getByName("[" + text + "]").getAddress();
            } catch (UnknownHostException ex) {
                expected = new byte[0];
            }
            assertThat(read == null ? new byte[0] : read.getBytes()).as(text).isEqualTo(expected);
        }
    }

    /** Groups, gaps and an IPv4 tail, more often than not in a number that fits. */
    @Test
    void whatFuzzingStartsFromAndHasFoundHolds() throws Exception {
        AddressListFuzzTests fuzzing = new AddressListFuzzTests();
        for (byte[] input : FuzzInputs.of(AddressListFuzzTests.class)) {
            fuzzing.readsAnyFileAndAnyAddress(input);
        }
    }

    private static String randomSix(Random random) {
        StringBuilder text = new StringBuilder();
        int groups = 5 + random.nextInt(5);
        for (int i = 0; i < groups; i++) {
            boolean gap = random.nextInt(8) == 0;
            text.append(i == 0 && !gap ? "" : gap ? "::" : ":").append(Integer.toHexString(random.nextInt(0x10000)));
        }
        if (random.nextInt(4) == 0) {
            text.append(":1.2.3.").append(random.nextInt(256));
        }
        return text.append(random.nextInt(10) == 0 ? "::" : "").toString();
    }
}
