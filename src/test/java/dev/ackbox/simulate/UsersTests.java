package dev.ackbox.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.sample.SampleUser;
import org.junit.jupiter.api.Test;

class UsersTests {

    @Test
    void inventsAThousandUsersWithNumbersThatNobodyHas() {
        assertThat(Users.invented())
                .hasSize(1_000)
                .doesNotHaveDuplicates()
                .allSatisfy(user -> assertThat(user.number()).matches("1[0-9]{3}55501[0-9]{2}"));
    }

    @Test
    void userIdGoesWithTheNumber() {
        assertThat(Users.invented().stream().map(SampleUser::userId))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("US\\.[0-9]{19}"));
        assertThat(SampleUser.ofNumber("12065550100")).isEqualTo(SampleUser.ofNumber("12065550100"));
    }
}
