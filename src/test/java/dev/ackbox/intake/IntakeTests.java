package dev.ackbox.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ackbox.Payloads;
import dev.ackbox.inbox.AppendResult;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.NewRecord;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when the inbox is slow or cannot store. */
@Timeout(20)
class IntakeTests {

    private final CompletableFuture<AppendResult> append = new CompletableFuture<>();
    private final AtomicInteger tests = new AtomicInteger();
    private final AtomicInteger notifications = new AtomicInteger();
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger duplicates = new AtomicInteger();

    @Test
    void countsWhatIsNewAndWhatIsNot() {
        BitSet isNew = new BitSet();
        isNew.set(1);
        append.complete(new AppendResult(isNew));
        try (Intake intake = intake(Duration.ofSeconds(10))) {
            accept(intake, "messages/several_messages_in_one_change");
        }
        assertThat(stored).hasValue(1);
        assertThat(duplicates.get()).isPositive();
    }

    @Test
    void refusesWhatIsNotStoredInTimeAndCountsItWhenItIs() {
        try (Intake intake = intake(Duration.ofMillis(50))) {
            assertThatExceptionOfType(InboxUnavailableException.class)
                    .isThrownBy(() -> accept(intake, "messages/text_minimal"));
        }
        assertThat(stored).hasValue(0);
        BitSet isNew = new BitSet();
        isNew.set(0);
        append.complete(new AppendResult(isNew));
        assertThat(stored).hasValue(1);
    }

    @Test
    void refusesWhatCannotBeStored() {
        append.completeExceptionally(new InboxUnavailableException("full"));
        try (Intake intake = intake(Duration.ofSeconds(10))) {
            assertThatExceptionOfType(InboxUnavailableException.class)
                    .isThrownBy(() -> accept(intake, "messages/text_minimal"))
                    .withStackTraceContaining("full");
        }
    }

    @Test
    void aTestFromTheDashboardIsToldApart() {
        append.complete(new AppendResult(new BitSet()));
        try (Intake intake = intake(Duration.ofMinutes(1))) {
            accept(intake, "_dashboard_test/messages");
            accept(intake, "messages/text_full");
        }
        assertThat(tests).hasValue(1);
        assertThat(notifications).hasValue(1);
    }

    private static void accept(Intake intake, String name) {
        intake.accept("default", Payloads.read(name), Instant.EPOCH);
    }

    /** An inbox whose append takes as long as the test wants. */
    private Intake intake(Duration timeout) {
        Inbox inbox = (Inbox) Proxy.newProxyInstance(
                Inbox.class.getClassLoader(), new Class<?>[] {Inbox.class}, (proxy, method, arguments) -> append);
        return new Intake(
                inbox,
                new IntakeObserver() {
                    @Override
                    public void accepted(String endpoint, boolean dashboardTest) {
                        (dashboardTest ? tests : notifications).incrementAndGet();
                    }

                    @Override
                    public void stored(NewRecord record) {
                        stored.incrementAndGet();
                    }

                    @Override
                    public void duplicate(String field) {
                        duplicates.incrementAndGet();
                    }

                    @Override
                    public void delay(String field, Duration delay) {}
                },
                timeout);
    }
}
