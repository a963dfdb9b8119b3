package dev.ackbox.ops.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxProperties;
import dev.ackbox.inbox.Redaction;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.engine.StoredInboxBeans;
import dev.ackbox.inbox.memory.MemoryStore;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfiguration;

/** On an inbox in memory, and without a directory for backups. */
@ContextConfiguration(initializers = MemoryInboxApiTests.InMemory.class)
class MemoryInboxApiTests extends InboxApiContract {

    static final class InMemory implements ApplicationContextInitializer<GenericApplicationContext> {

        @Override
        public void initialize(GenericApplicationContext context) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("memory", Map.of("ackbox.inbox.backup-directory", "")));
            context.registerBean(Beans.class);
        }
    }

    /** Not a configuration by annotation: the contexts of other tests would find it. */
    @EnableConfigurationProperties(InboxProperties.class)
    static class Beans extends StoredInboxBeans {

        @Bean(destroyMethod = "close")
        StoredInbox inbox(InboxProperties properties, Redaction redaction, InboxObserver observer, Clock clock) {
            return StoredInbox.open(
                    MemoryStore.ofOneProcess(clock).connect("test"),
                    StoredInbox.Settings.of(properties),
                    redaction,
                    observer,
                    clock);
        }
    }

    @Override
    void assertNothingIsLeftOf(String... erased) {
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void noBackupIsMadeWithoutADirectory() throws Exception {
        assertThat(problem(get("/backup"), 404)).isEqualTo("No backup was made since the start");
        assertThat(problem(post("/backup", ""), 409)).contains("ackbox.inbox.backup-directory", "ACKBOX_BACKUP_DIR");
        assertThat(problem(get("/backup"), 404)).isNotEmpty();
    }
}
