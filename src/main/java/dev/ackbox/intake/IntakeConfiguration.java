package dev.ackbox.intake;

import dev.ackbox.inbox.Inbox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way into the inbox. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    @Bean
    Intake intake(Inbox inbox, IntakeObserver observer) {
        return new Intake(inbox, observer);
    }
}
