package dev.ackbox.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserTests {

    @Test
    void inventsAThousandUsersWithNumbersThatNobodyHas() {
        assertThat(User.invented())
                .hasSize(1_000)
                .doesNotHaveDuplicates()
                .allSatisfy(user -> assertThat(user.number()).matches("1[0-9]{3}55501[0-9]{2}"));
    }

    @Test
    void userIdGoesWithTheNumber() {
        assertThat(User.invented().stream().map(User::userId))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("US\\.[0-9]{19}"));
        assertThat(new User("12065550100").userId()).isEqualTo(new User("12065550100").userId());
    }
}
