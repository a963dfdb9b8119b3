package dev.ackbox.addresses;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The daily refresh, where a file is configured. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AddressesProperties.class)
class AddressesConfiguration {

    @Bean
    @ConditionalOnProperty("ackbox.addresses.file")
    DailyRefresh dailyRefresh(AddressesProperties properties, Clock clock) {
        Path file = Objects.requireNonNull(properties.file());
        return new DailyRefresh(new AddressFile(file, properties.url(), clock), properties.interval());
    }
}
