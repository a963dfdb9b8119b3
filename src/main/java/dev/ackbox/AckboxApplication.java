package dev.ackbox;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Serves, or runs a command where the first argument names one. */
// The public port answers with a status alone, counts its requests itself, and checks them itself: the framework's
// security
// is for the management port, whose only user comes from a setting.
@SpringBootApplication(
        exclude = {
            ErrorMvcAutoConfiguration.class,
            SecurityFilterAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class,
            WebMvcObservationAutoConfiguration.class
        })
@Import(OwnPackages.class)
public class AckboxApplication {

    public static void main(String[] args) {
        if (AckboxCommands.isCommand(args)) {
            // A command prints what there is to say; what is logged has no place beside it.
            LoggingSystem.get(AckboxApplication.class.getClassLoader()).beforeInitialize();
            System.exit(AckboxCommands.run(args));
        }
        SpringApplication.run(AckboxApplication.class, args);
    }
}
