package dev.ackbox.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SigningSecretTests {

    @Test
    void firstOfTheListSigns() {
        assertThat(SigningSecret.from("current , previous")).isEqualTo("current");
    }

    @Test
    void demoSecretSignsWhereNothingIsSet() {
        assertThat(SigningSecret.from(null)).isEqualTo("demo-secret");
        assertThat(SigningSecret.from(" ")).isEqualTo("demo-secret");
    }
}
