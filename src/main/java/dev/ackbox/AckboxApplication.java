package dev.ackbox;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/** Serves, or runs a command where the first argument names one. */
// The public port answers with a status alone, and counts its requests itself.
@SpringBootApplication(exclude = {ErrorMvcAutoConfiguration.class, WebMvcObservationAutoConfiguration.class})
public class AckboxApplication {

    public static void main(String[] args) {
        if (AckboxCommands.isCommand(args)) {
            System.exit(AckboxCommands.run(args));
        }
        SpringApplication.run(AckboxApplication.class, args);
    }
}
