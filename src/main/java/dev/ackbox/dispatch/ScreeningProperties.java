package dev.ackbox.dispatch;

import dev.ackbox.model.messages.MessageStatus;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which changes of each endpoint go to handlers.
 *
 * @param endpoints by name
 */
@ConfigurationProperties("ackbox")
record ScreeningProperties(@DefaultValue Map<String, Endpoint> endpoints) {

    /**
     * What of an endpoint goes to handlers.
     *
     * @param allowedAccounts ids of the WhatsApp Business Accounts that it is for; notifications of others are stored, answered
     *     200 and set aside as dead letters. Empty for any. Some fields
     *     of partners come from a portfolio: list its id too. Not for notifications without an envelope, which name no account.
     * @param allowedPhoneNumbers ids of the phone numbers that it is for; like the accounts. Empty for any.
     * @param forwardStatuses statuses of messages that go to handlers, such as 'failed,read'; others are answered 200,
     *     counted and done with. Empty for all.
     */
    record Endpoint(
            @DefaultValue List<String> allowedAccounts,
            @DefaultValue List<String> allowedPhoneNumbers,
            @DefaultValue List<MessageStatus> forwardStatuses) {}
}
