package dev.ackbox.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UserTests {

    private static final String USER_ID = "US.4170923358816620457";
    private static final String PARENT_ID = "US.ENT.11815799212886844830";

    @Test
    void theKeyIsTheBusinessScopedIdWhereThereIsOne() {
        assertThat(User.of("12065550177", USER_ID, PARENT_ID).key()).isEqualTo(USER_ID);
        assertThat(User.of("12065550177", null, PARENT_ID).key()).isEqualTo("12065550177");
        assertThat(User.of(null, null, PARENT_ID).key()).isEqualTo(PARENT_ID);
    }

    @Test
    void aBusinessScopedIdInThePlaceOfANumberMovesOver() {
        assertThat(User.of(USER_ID, null, null)).isEqualTo(new User(USER_ID, null, null, null, null));
        assertThat(User.of(PARENT_ID, USER_ID, null)).isEqualTo(new User(USER_ID, null, PARENT_ID, null, null));
        assertThat(User.of(USER_ID, "GB.1", null)).isEqualTo(new User("GB.1", null, null, null, null));
    }

    @Test
    void emptyStringsAreAbsent() {
        assertThat(User.of("", USER_ID, " ", "", "@")).isEqualTo(new User(USER_ID, null, null, null, null));
    }

    @Test
    void aUsernameHasNoAt() {
        assertThat(User.of("1", null, null, null, "@nadia").username()).isEqualTo("nadia");
        assertThat(User.of("1", null, null, null, "nadia").username()).isEqualTo("nadia");
    }

    @Test
    void aPhoneNumberIsDigits() {
        assertThat(User.of("+1 (206) 555-0177", null, null).phoneNumber()).isEqualTo("12065550177");
        assertThat(User.of("somebody", null, null).phoneNumber()).isEqualTo("somebody");
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPhoneNumberMayBeLongAndNone() {
        for (String text :
                List.of("7".repeat(1_000_000) + "x", " ".repeat(1_000_000) + "x", "+" + "7 ".repeat(500_000) + "x")) {
            assertThat(User.of(text, null, null).phoneNumber()).isEqualTo(text);
        }
    }

    @Test
    void whoHasNoIdIsNoUser() {
        assertThat(User.of("", null, " ", "Nadia", "nadia")).isNull();
        assertThatIllegalArgumentException().isThrownBy(() -> new User(null, null, null, "Nadia", "nadia"));
    }

    @Test
    void theContactOfTheSameIdsAddsWhatIsMissing() {
        List<Contact> contacts = List.of(
                contact("Somebody", "12065550100", "US.1"),
                contact("Nadia", "12065550177", USER_ID),
                contact("Nobody", null, null));
        User expected = new User(USER_ID, "12065550177", null, "Nadia", null);
        assertThat(User.of("12065550177", null, null).joinWith(contacts)).isEqualTo(expected);
        assertThat(User.of(null, USER_ID, null).joinWith(contacts)).isEqualTo(expected);
        assertThat(User.of("12065550178", "GB.2", null).joinWith(contacts).name())
                .isNull();
    }

    @Test
    void aNumberThatAnotherUserHasNowIsNoMatch() {
        List<Contact> contacts = List.of(contact("Other", "12065550177", "US.1"));
        assertThat(User.of("12065550177", USER_ID, null).joinWith(contacts).name())
                .isNull();
    }

    @Test
    void theTextHasNothingPersonal() {
        assertThat(new User(USER_ID, "12065550177", PARENT_ID, "Nadia", "nadia"))
                .hasToString("User[]");
    }

    private static Contact contact(String name, String waId, String userId) {
        return new Contact(new Contact.Profile(name, null, null), waId, userId, null, null, null);
    }
}
