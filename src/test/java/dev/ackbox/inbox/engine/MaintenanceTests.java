package dev.ackbox.inbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.sqlite.Inboxes;
import dev.ackbox.test.MovableClock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTests {

    @TempDir
    private Path directory;

    @Test
    void countsAtOnceButNotAsOftenAsItIsAsked() throws Exception {
        try (Store store = Inboxes.store(directory)) {
            Maintenance maintenance = new Maintenance(store, StoreFixture.RETENTION, List.of(), new MovableClock());
            maintenance.run();
            maintenance.countSoon();
            assertThat(maintenance.nanosToNext()).isZero();
            maintenance.run();
            maintenance.countSoon();
            assertThat(maintenance.nanosToNext()).isPositive().isLessThan(TimeUnit.SECONDS.toNanos(3));
        }
    }
}
