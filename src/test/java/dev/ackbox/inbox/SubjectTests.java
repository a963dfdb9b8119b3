package dev.ackbox.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ackbox.inbox.Subject.Kind;
import org.junit.jupiter.api.Test;

class SubjectTests {

    @Test
    void doesNotShowItsId() {
        assertThat(new Subject(Kind.USER, "12065550177")).hasToString("Subject[USER]");
    }

    @Test
    void hasAnId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Subject(Kind.GROUP, ""))
                .withMessage("'id' must not be empty");
    }

    @Test
    void theCodesOfKindsNeverChange() {
        assertThat(Kind.values()).containsExactly(Kind.MESSAGE, Kind.USER, Kind.GROUP);
        assertThat(Kind.values()).extracting(Kind::code).containsExactly(1, 2, 3);
    }
}
