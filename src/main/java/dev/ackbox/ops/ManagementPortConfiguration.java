package dev.ackbox.ops;

import dev.ackbox.http.tomcat.EmptyErrorReportValve;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Answers what is not there on the management port as the public port does: with a status and nothing else. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Conditional(OnManagementPort.class)
class ManagementPortConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> noErrorPages() {
        return factory -> EmptyErrorReportValve.replaceErrorPages(factory, () -> {});
    }
}
