package dev.ackbox.benchmark;

import dev.ackbox.inbox.AppendResult;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Start;
import dev.ackbox.intake.Intake;
import dev.ackbox.intake.IntakeObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** An intake whose records cannot be found by message or user. No annotation: every server would find it. */
final class WithoutSubjects {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Bean
    @Primary
    Intake intakeWithoutSubjects(Inbox inbox, IntakeObserver observer) {
        return new Intake(new Stripped(inbox), observer, TIMEOUT);
    }

    /** The same record, which nobody finds by message or user. */
    private static NewRecord withoutSubjects(NewRecord next) {
        return new NewRecord(
                next.key(),
                next.endpoint(),
                next.field(),
                next.kind(),
                next.lane(),
                next.conversation(),
                next.account(),
                next.phoneNumber(),
                List.of(),
                next.receivedAt(),
                next.payload());
    }

    private record Stripped(Inbox inbox) implements Inbox {

        @Override
        public CompletableFuture<AppendResult> append(List<NewRecord> notification) {
            return inbox.append(
                    notification.stream().map(WithoutSubjects::withoutSubjects).toList());
        }

        @Override
        public Consumer open(ConsumerDefinition definition, Start start) {
            return inbox.open(definition, start);
        }

        @Override
        public List<Consumer> consumers() {
            return inbox.consumers();
        }

        @Override
        public void check() {
            inbox.check();
        }

        @Override
        public Map<String, String> warnings() {
            return inbox.warnings();
        }

        @Override
        public Size size() {
            return inbox.size();
        }

        @Override
        public boolean isReporter() {
            return inbox.isReporter();
        }

        @Override
        public void close() {
            inbox.close();
        }
    }
}
