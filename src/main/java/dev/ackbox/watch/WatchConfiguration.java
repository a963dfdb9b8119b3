package dev.ackbox.watch;

import dev.ackbox.inbox.LatestValues;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The built-in stage before the handlers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WatchProperties.class)
class WatchConfiguration {

    @Bean
    AccountState accountState(LatestValues values) {
        return new AccountState(values);
    }

    @Bean
    Watch watch(WatchProperties properties, WatchObserver observer, AccountState state) {
        return new TableWatch(WatchTable.without(properties.off()), observer, state);
    }
}
