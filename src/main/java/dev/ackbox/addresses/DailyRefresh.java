package dev.ackbox.addresses;

import dev.ackbox.addresses.AddressFile.NotRefreshedException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Refreshes the file while the service runs. A failure is a warning in the log, and the file's age shows it. */
public final class DailyRefresh implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DailyRefresh.class);

    private final AddressFile file;
    private final Duration interval;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread daemon = new Thread(work, "ackbox-addresses");
        daemon.setDaemon(true);
        return daemon;
    });
    private volatile boolean running;

    DailyRefresh(AddressFile file, Duration interval) {
        this.file = file;
        this.interval = interval;
    }

    /** What is refreshed. */
    public AddressFile file() {
        return file;
    }

    /** The first refresh comes as soon as the file is older than the interval. */
    @Override
    public void start() {
        running = true;
        Duration wait = file.age()
                .map(interval::minus)
                .filter(rest -> !rest.isNegative())
                .orElse(Duration.ZERO);
        var unused = thread.scheduleWithFixedDelay(
                this::refresh, wait.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refresh() {
        try {
            log.info("Refreshed the list of Meta's addresses: {} ranges", file.refresh());
        } catch (NotRefreshedException ex) {
            log.warn("The list of Meta's addresses is not refreshed: {}", ex.getMessage());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException ex) {
            // Thrown further it would end the schedule.
            log.warn(
                    "The list of Meta's addresses is not refreshed: {}",
                    ex.getClass().getName());
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
