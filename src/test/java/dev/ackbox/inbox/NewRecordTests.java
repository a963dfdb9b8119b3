package dev.ackbox.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ackbox.inbox.Subject.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewRecordTests {

    private static final Subject USER = new Subject(Kind.USER, "12065550177");

    @Test
    void copiesItsSubjects() {
        List<Subject> subjects = new ArrayList<>(List.of(USER));
        NewRecord newRecord = record(subjects);
        subjects.clear();
        assertThat(newRecord.subjects()).containsExactly(USER);
        assertThat(newRecord.toString()).doesNotContain("12065550177");
    }

    @Test
    void hasAtMostEightSubjects() {
        assertThat(record(Collections.nCopies(8, USER)).subjects()).hasSize(8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> record(Collections.nCopies(9, USER)))
                .withMessage("'subjects' must not have more than 8");
    }

    private static NewRecord record(List<Subject> subjects) {
        IdempotencyKey key = IdempotencyKey.of(0, new byte[16]);
        return new NewRecord(
                key, "default", "messages", null, Lane.CHANGES, "c", null, null, subjects, Instant.EPOCH, new byte[0]);
    }
}
