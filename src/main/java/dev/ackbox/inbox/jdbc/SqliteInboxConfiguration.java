package dev.ackbox.inbox.jdbc;

import dev.ackbox.inbox.InboxProperties;
import dev.ackbox.inbox.LatestValues;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The embedded inbox, used where no other engine is asked for. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InboxProperties.class)
@ConditionalOnProperty(name = "ackbox.inbox.engine", havingValue = "sqlite", matchIfMissing = true)
class SqliteInboxConfiguration {

    @Bean(destroyMethod = "close")
    SqliteInbox inbox(InboxProperties properties, Clock clock) {
        return SqliteInbox.open(
                new SqliteInbox.Settings(
                        properties.sqlite().directory(),
                        new HandOverBounds(
                                properties.maxRecordsInMemory(),
                                properties.maxBytesInMemory().toBytes()),
                        properties.maxBytesToWrite().toBytes(),
                        new Retention(
                                properties.duplicateWindow(),
                                properties.payloadRetention(),
                                properties.deadLetterRetention())),
                clock);
    }

    @Bean
    LatestValues latestValues(SqliteInbox inbox) {
        return inbox.latestValues();
    }
}
