package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.messages.UserPreferencesValue;
import dev.ackbox.model.messages.UserPreferencesValue.UserPreference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what users want. */
final class UserPreferencesHandler implements ChangeHandler<UserPreferencesValue> {

    private static final Logger log = LoggerFactory.getLogger(UserPreferencesHandler.class);

    private final Operator operator;

    UserPreferencesHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<UserPreferencesValue> change, ChangeContext context) {
        for (UserPreference preference : change.value().userPreferences()) {
            operator.count(PlatformCount.PREFERENCES, Labels.of(preference.category()), Labels.of(preference.value()));
            operator.info(
                    log, change, context, Labels.of(preference.category()) + ": " + Labels.of(preference.value()));
        }
    }
}
