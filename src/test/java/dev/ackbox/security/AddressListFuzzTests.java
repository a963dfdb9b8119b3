package dev.ackbox.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Feeds invented files of addresses, and invented addresses; src/docs/fuzzing.md says how. */
class AddressListFuzzTests {

    private static final AddressList LIST = AddressList.of(List.of("31.13.24.0/21", "2a03:2880::/32"));

    @FuzzTest
    void readsAnyFileAndAnyAddress(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (LIST.contains(text)) {
            assertThat(text).matches("[0-9A-Fa-f:.]+");
        }
        for (AddressListFormat format : AddressListFormat.values()) {
            try {
                AddressList list = format.parse(bytes);
                assertThat(list.size()).isPositive();
                assertThat(list.contains(text)).isIn(true, false);
            } catch (MalformedTextException ex) {
                assertThat(ex.getMessage()).isNotBlank();
            }
        }
    }
}
