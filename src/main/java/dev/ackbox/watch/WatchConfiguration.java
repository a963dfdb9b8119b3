package dev.ackbox.watch;

import dev.ackbox.inbox.LatestValues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The built-in stage before the handlers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WatchProperties.class)
class WatchConfiguration {

    private static final Logger log = LoggerFactory.getLogger(WatchConfiguration.class);

    @Bean
    AccountState accountState(LatestValues values) {
        return new AccountState(values);
    }

    @Bean
    Watch watch(WatchProperties properties, WatchObserver observer, AccountState state) {
        if (!properties.off().isEmpty()) {
            log.info("Neither counted nor logged nor kept: {}", String.join(", ", properties.off()));
        }
        return new TableWatch(WatchTable.without(properties.off()), observer, state);
    }
}
