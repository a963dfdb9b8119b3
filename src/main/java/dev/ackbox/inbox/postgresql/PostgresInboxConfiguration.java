package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxProperties;
import dev.ackbox.inbox.Redaction;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.engine.StoredInboxBeans;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The inbox in PostgreSQL. Its connections are no beans, so that nobody takes them for those of handlers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InboxProperties.class)
@ConditionalOnProperty(name = "ackbox.inbox.engine", havingValue = "postgresql")
@ConditionalOnMissingBean(Inbox.class)
class PostgresInboxConfiguration extends StoredInboxBeans {

    @Bean(destroyMethod = "close")
    StoredInbox inbox(
            InboxProperties properties, ObjectProvider<Redaction> redaction, InboxObserver observer, Clock clock) {
        return StoredInbox.open(
                PostgresStore.open(properties.postgresql()),
                StoredInbox.Settings.of(properties),
                redaction.getIfAvailable(() -> Redaction.NONE),
                observer,
                clock);
    }
}
