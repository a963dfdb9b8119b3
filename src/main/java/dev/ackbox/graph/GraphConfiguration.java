package dev.ackbox.graph;

import dev.ackbox.inbox.RecordNotes;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** What handlers call Meta with, where a token is configured. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GraphProperties.class)
class GraphConfiguration {

    private static final Logger log = LoggerFactory.getLogger(GraphConfiguration.class);

    @Configuration(proxyBeanMethods = false)
    @Conditional(OnAccessToken.class)
    static class WithToken {

        @Bean
        AccessToken accessToken(GraphProperties properties) {
            return AccessToken.of(properties);
        }

        @Bean
        @ConditionalOnMissingBean
        GraphTransport graphTransport(GraphProperties properties, AccessToken token, Clock clock) {
            String warning = GraphVersion.warning(properties.version(), clock);
            if (warning != null) {
                log.warn("{}", warning);
            }
            return new HttpTransport(properties, token);
        }

        @Bean
        GraphApi graphApi(GraphTransport transport, GraphProperties properties) {
            return new GraphApi(transport, properties);
        }

        @Bean
        WhatsApp whatsApp(GraphApi api, RecordNotes notes, GraphProperties properties) {
            return new CloudWhatsApp(api, new Sends(notes, properties.afterUnknownSend()));
        }

        @Bean
        Media media(GraphApi api, GraphTransport transport, GraphProperties properties) {
            return new CloudMedia(api, transport, properties);
        }
    }
}
