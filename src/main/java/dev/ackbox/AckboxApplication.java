package dev.ackbox;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/** Serves, or runs a command where the first argument names one. */
// No error pages: the public port answers with a status alone.
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
public class AckboxApplication {

    public static void main(String[] args) {
        if (AckboxCommands.isCommand(args)) {
            System.exit(AckboxCommands.run(args));
        }
        SpringApplication.run(AckboxApplication.class, args);
    }
}
