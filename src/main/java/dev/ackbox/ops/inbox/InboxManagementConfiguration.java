package dev.ackbox.ops.inbox;

import dev.ackbox.dispatch.Dispatcher;
import dev.ackbox.inbox.Archive;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxProperties;
import dev.ackbox.inbox.Replays;
import dev.ackbox.ops.OnManagementPort;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** The API on the management port. Where that is the public port, there is none: nothing would ask for the user there. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Conditional(OnManagementPort.class)
class InboxManagementConfiguration {

    @Bean
    RouterFunction<ServerResponse> inboxApi(
            Inbox inbox,
            Archive archive,
            Replays replays,
            Dispatcher dispatcher,
            InboxProperties settings,
            WebEndpointProperties properties) {
        Audit audit = new Audit();
        String path = properties.getBasePath() + "/inbox";
        return new BackupApi(archive, audit, settings)
                .routes(path)
                .and(new ReplayApi(archive, replays, dispatcher.handlers(), audit).routes(path))
                .and(new InboxApi(inbox, archive, replays, audit).routes(path));
    }
}
