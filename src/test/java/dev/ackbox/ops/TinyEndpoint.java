package dev.ackbox.ops;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The least of an endpoint that is for the management user. */
@Endpoint(id = "tiny")
class TinyEndpoint {

    static final String PATH = "/actuator/tiny";
    static final String ANSWER = "for the user";

    @ReadOperation
    String read() {
        return ANSWER;
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Registration {

        @Bean
        @ConditionalOnManagementPassword
        TinyEndpoint tinyEndpoint() {
            return new TinyEndpoint();
        }
    }
}
