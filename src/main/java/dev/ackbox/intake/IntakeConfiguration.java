package dev.ackbox.intake;

import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.Redaction;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way into the inbox. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntakeProperties.class)
class IntakeConfiguration {

    @Bean
    Redaction redaction() {
        return new SharedPayloads();
    }

    @Bean
    Intake intake(Inbox inbox, IntakeObserver observer, IntakeProperties properties) {
        return new Intake(inbox, observer, properties.storeTimeout());
    }
}
