package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxProperties;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.Redaction;
import dev.ackbox.inbox.engine.StoreException;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.engine.StoredInboxBeans;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The embedded inbox, used where no other engine is asked for and no test brings an inbox of its own. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InboxProperties.class)
@ConditionalOnProperty(name = "ackbox.inbox.engine", havingValue = "sqlite", matchIfMissing = true)
@ConditionalOnMissingBean(Inbox.class)
class SqliteInboxConfiguration extends StoredInboxBeans {

    @Bean(destroyMethod = "close")
    StoredInbox inbox(
            InboxProperties properties, ObjectProvider<Redaction> redaction, InboxObserver observer, Clock clock) {
        Path backups = properties.backupDirectory().isBlank() ? null : Path.of(properties.backupDirectory());
        try {
            StoredInbox inbox = StoredInbox.open(
                    SqliteStore.open(properties.sqlite().directory(), backups, UnaryOperator.identity()),
                    StoredInbox.Settings.of(properties),
                    redaction.getIfAvailable(() -> Redaction.NONE),
                    observer,
                    clock);
            if (backups != null) {
                inbox.deleteUnfinishedBackups(backups);
            }
            return inbox;
        } catch (StoreException ex) {
            throw new InboxUnavailableException("The inbox cannot be opened: " + ex.getMessage(), ex);
        }
    }
}
