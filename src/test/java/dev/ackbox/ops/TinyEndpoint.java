package dev.ackbox.ops;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** The least of an endpoint that is for the management user. Writing needs {@code management.endpoint.tiny.access}. */
@Endpoint(id = "tiny")
class TinyEndpoint {

    static final String PATH = "/actuator/tiny";
    static final String ANSWER = "for the user";
    static final String WRITTEN = "written by the user";

    @ReadOperation
    String read() {
        return ANSWER;
    }

    @WriteOperation
    String write() {
        return WRITTEN;
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Registration {

        @Bean
        @Conditional(OnManagementUser.class)
        TinyEndpoint tinyEndpoint() {
            return new TinyEndpoint();
        }
    }
}
