package dev.ackbox.handlers;

import dev.ackbox.model.calls.CallsValue;
import dev.ackbox.model.groups.GroupLifecycleValue;
import dev.ackbox.model.groups.GroupParticipantsValue;
import dev.ackbox.model.groups.GroupSettingsValue;
import dev.ackbox.model.groups.GroupStatusValue;
import dev.ackbox.model.history.HistoryValue;
import dev.ackbox.model.history.SmbAppStateSyncValue;
import dev.ackbox.model.messages.AutomaticEventsValue;
import dev.ackbox.model.messages.MessageEchoesValue;
import dev.ackbox.model.messages.MessagesValue;
import dev.ackbox.model.messages.MessagingHandoversValue;
import dev.ackbox.model.messages.SmbMessageEchoesValue;
import dev.ackbox.model.messages.StandbyValue;
import dev.ackbox.model.messages.TrackingEventsValue;
import dev.ackbox.model.messages.UserIdUpdateValue;
import dev.ackbox.model.messages.UserPreferencesValue;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The handlers that ship for fields about conversations. Each can be switched off, and another one put in its place. */
@Configuration(proxyBeanMethods = false)
class ConversationHandlersConfiguration {

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.automatic-events.enabled", matchIfMissing = true)
    ChangeHandler<AutomaticEventsValue> automaticEventsHandler(Operator operator) {
        return new AutomaticEventsHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.calls.enabled", matchIfMissing = true)
    ChangeHandler<CallsValue> callsHandler(Operator operator) {
        return new CallsHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.group-lifecycle-update.enabled", matchIfMissing = true)
    ChangeHandler<GroupLifecycleValue> groupLifecycleHandler(Operator operator) {
        return new GroupsHandler<>(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.group-participants-update.enabled", matchIfMissing = true)
    ChangeHandler<GroupParticipantsValue> groupParticipantsHandler(Operator operator) {
        return new GroupsHandler<>(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.group-settings-update.enabled", matchIfMissing = true)
    ChangeHandler<GroupSettingsValue> groupSettingsHandler(Operator operator) {
        return new GroupsHandler<>(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.group-status-update.enabled", matchIfMissing = true)
    ChangeHandler<GroupStatusValue> groupStatusHandler(Operator operator) {
        return new GroupsHandler<>(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.history.enabled", matchIfMissing = true)
    ChangeHandler<HistoryValue> historyHandler(Operator operator) {
        return new HistoryHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.message-echoes.enabled", matchIfMissing = true)
    ChangeHandler<MessageEchoesValue> messageEchoesHandler(Operator operator) {
        return new EchoesHandler<>(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.messages.enabled", matchIfMissing = true)
    ChangeHandler<MessagesValue> messagesHandler(Operator operator) {
        return new MessagesHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.messaging-handovers.enabled", matchIfMissing = true)
    ChangeHandler<MessagingHandoversValue> messagingHandoversHandler(Operator operator) {
        return new MessagingHandoversHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.smb-app-state-sync.enabled", matchIfMissing = true)
    ChangeHandler<SmbAppStateSyncValue> smbAppStateSyncHandler(Operator operator) {
        return new SmbAppStateSyncHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.smb-message-echoes.enabled", matchIfMissing = true)
    ChangeHandler<SmbMessageEchoesValue> smbMessageEchoesHandler(Operator operator) {
        return new EchoesHandler<>(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.standby.enabled", matchIfMissing = true)
    ChangeHandler<StandbyValue> standbyHandler(Operator operator) {
        return new StandbyHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.tracking-events.enabled", matchIfMissing = true)
    ChangeHandler<TrackingEventsValue> trackingEventsHandler(Operator operator) {
        return new TrackingEventsHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.user-id-update.enabled", matchIfMissing = true)
    ChangeHandler<UserIdUpdateValue> userIdUpdateHandler(Operator operator) {
        return new UserIdUpdateHandler(operator);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.user-preferences.enabled", matchIfMissing = true)
    ChangeHandler<UserPreferencesValue> userPreferencesHandler(Operator operator) {
        return new UserPreferencesHandler(operator);
    }
}
