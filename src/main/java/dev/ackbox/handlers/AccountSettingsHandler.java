package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.account.AccountSettingsValue;
import dev.ackbox.model.account.AccountSettingsValue.Calling;
import dev.ackbox.model.account.AccountSettingsValue.PhoneNumberSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes of settings. */
final class AccountSettingsHandler implements ChangeHandler<AccountSettingsValue> {

    private static final Logger log = LoggerFactory.getLogger(AccountSettingsHandler.class);

    private final Operator operator;

    AccountSettingsHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<AccountSettingsValue> change, ChangeContext context) {
        AccountSettingsValue value = change.value();
        PhoneNumberSettings settings = value.phoneNumberSettings();
        Calling calling = settings == null ? null : settings.calling();
        String status = calling == null ? Labels.NONE : Labels.of(calling.status());
        operator.count(PlatformCount.ACCOUNT_SETTINGS, Labels.of(value.type()), status);
        operator.info(log, change, context, "calling is " + status);
    }
}
