package dev.ackbox.dispatch;

import dev.ackbox.dispatch.EndpointScreen.Rules;
import dev.ackbox.endpoint.EndpointsProperties;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.Replays;
import dev.ackbox.inbox.Start;
import dev.ackbox.model.json.ChangeReader;
import dev.ackbox.watch.Watch;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Everything between the inbox and the handlers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DispatchProperties.class, EndpointsProperties.class})
class DispatchConfiguration {

    /** All handler beans together. A new one begins with the oldest record, so that it misses nothing. */
    @Bean(destroyMethod = "close")
    Consumer handlersConsumer(Inbox inbox) {
        return inbox.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
    }

    @Bean
    Dispatcher dispatcher(
            Consumer handlersConsumer,
            ChangeReader reader,
            Screen screen,
            HandlerRegistry handlers,
            DispatchProperties properties,
            Watch watch,
            DispatchObserver observer,
            Clock clock) {
        return new Dispatcher(handlersConsumer, reader, screen, watch, handlers, properties, observer, clock);
    }

    /** Does nothing where the inbox has no replays. */
    @Bean
    ReplayDispatchers replayDispatchers(
            ObjectProvider<Replays> provided,
            ChangeReader reader,
            Screen screen,
            HandlerRegistry handlers,
            DispatchProperties properties,
            DispatchObserver observer,
            Clock clock) {
        Replays replays = provided.getIfAvailable();
        return new ReplayDispatchers(
                replays == null ? List::of : replays::all,
                replay -> new Dispatcher(
                        replay.consumer(),
                        reader,
                        screen,
                        Watch.NONE,
                        handlers.ofReplay(replay.id(), replay.handler()),
                        properties.ofReplay(),
                        observer,
                        clock));
    }

    @Bean
    ChangeReader changeReader(EndpointsProperties endpoints) {
        return new ChangeReader(endpoints.objects());
    }

    @Bean
    Screen screen(EndpointsProperties endpoints) {
        Map<String, Rules> rules = new HashMap<>();
        endpoints.endpoints().forEach((name, endpoint) -> rules.put(name, Rules.of(endpoint)));
        return new EndpointScreen(rules);
    }

    @Bean
    HandlerRegistry handlerRegistry(ConfigurableListableBeanFactory beans, DispatchProperties properties) {
        return HandlerRegistry.find(beans, properties);
    }
}
