package dev.ackbox.ops;

import dev.ackbox.addresses.AddressesProperties;
import dev.ackbox.dispatch.Dispatcher;
import dev.ackbox.endpoint.EndpointsProperties;
import dev.ackbox.graph.GraphProperties;
import dev.ackbox.http.ForwardedAddresses;
import dev.ackbox.http.HttpProperties;
import dev.ackbox.http.WatchedFiles;
import dev.ackbox.inbox.InboxProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Logs the startup report, and a warning for each risky setting. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class StartupConfiguration {

    private static final Logger log = LoggerFactory.getLogger(StartupReport.class);

    @Bean
    ApplicationListener<ApplicationStartedEvent> startupReport(
            EndpointsProperties endpoints,
            InboxProperties inbox,
            HttpProperties http,
            ManagementProperties management,
            TomcatServerProperties tomcat,
            ServerProperties server,
            WatchedFiles files,
            Dispatcher dispatcher,
            GraphProperties graph,
            AddressesProperties addresses,
            LoggingSystem logging,
            Environment environment) {
        StartupReport report = new StartupReport(
                endpoints,
                inbox,
                http,
                management,
                tomcat,
                new ForwardedAddresses(server.getForwardHeadersStrategy(), environment),
                files,
                dispatcher,
                graph,
                addresses,
                environment);
        RiskySettings risks = new RiskySettings(
                endpoints,
                inbox,
                http,
                environment,
                logging,
                Runtime.getRuntime().maxMemory());
        return event -> {
            log.info("{}", report);
            risks.findings().forEach(log::warn);
        };
    }
}
