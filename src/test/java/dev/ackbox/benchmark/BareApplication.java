package dev.ackbox.benchmark;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What Ackbox is measured against: a controller that takes the body's bytes and answers 200, whatever they are. */
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            "org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration"
        })
@Import(BareApplication.BareController.class)
final class BareApplication {

    /** Keeps the controller out of any other application that scans this package. */
    static final String PROFILE = "bare";

    @RestController
    @Profile(PROFILE)
    static class BareController {

        @PostMapping(Notifications.PATH)
        ResponseEntity<Void> receive(@RequestBody byte[] body) {
            return ResponseEntity.ok().build();
        }
    }
}
