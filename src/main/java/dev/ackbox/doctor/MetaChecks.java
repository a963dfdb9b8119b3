package dev.ackbox.doctor;

import dev.ackbox.command.Settings;
import dev.ackbox.graph.AccessToken;
import dev.ackbox.graph.GraphException;
import dev.ackbox.graph.GraphProperties;
import dev.ackbox.graph.subscription.Subscriptions;
import dev.ackbox.graph.subscription.Subscriptions.AppLevel;
import dev.ackbox.graph.subscription.Subscriptions.Levels;
import dev.ackbox.graph.subscription.Subscriptions.Token;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** What Meta knows of the app, its accounts and their numbers. */
final class MetaChecks {

    private static final List<String> PERMISSIONS =
            List.of("whatsapp_business_management", "whatsapp_business_messaging");
    private static final Duration SOON = Duration.ofDays(14);

    private final Settings settings;
    private final @Nullable URI url;
    private final List<String> accounts;
    private final List<String> phoneNumbers;
    private final @Nullable Set<String> handledFields;
    private final Clock clock;
    private final Report report;

    /**
     * Creates them.
     *
     * @param url where notifications should go; absent where that is not known
     * @param accounts empty for those that the token may see
     * @param phoneNumbers empty for all of the accounts
     * @param handledFields fields that handlers here take; absent where that is not known
     */
    MetaChecks(
            Settings settings,
            @Nullable URI url,
            List<String> accounts,
            List<String> phoneNumbers,
            @Nullable Set<String> handledFields,
            Clock clock,
            Report report) {
        this.settings = settings;
        this.url = url;
        this.accounts = accounts;
        this.phoneNumbers = phoneNumbers;
        this.handledFields = handledFields;
        this.clock = clock;
        this.report = report;
    }

    void run() {
        GraphProperties properties = settings.bind("ackbox.graph", GraphProperties.class);
        if (!properties.isConfigured()) {
            report.couldNotCheck(
                    Check.Place.META,
                    "there is no access token",
                    "set ACKBOX_ACCESS_TOKEN to the token of a system user");
            return;
        }
        try {
            run(new Subscriptions(properties, AccessToken.of(properties)));
        } catch (InvalidConfigurationPropertyValueException ex) {
            report.finding(Check.TOKEN, "'" + ex.getName() + "': " + ex.getReason(), "correct the file");
        }
    }

    private void run(Subscriptions meta) {
        Token token;
        try {
            token = meta.token();
        } catch (GraphException ex) {
            String advice = ex.code().isPresent()
                    ? "make a new token for the system user in the business settings"
                    : "see whether this machine may call graph.facebook.com, perhaps through a proxy (https.proxyHost)";
            report.finding(Check.TOKEN, String.valueOf(ex.getMessage()), advice);
            return;
        }
        token(token);
        permissions(token);
        report.couldNotCheck(
                Check.APP_MODE,
                "the API does not tell whether the app is live",
                "look in the app dashboard: in development mode, only people with a role in the app are heard");
        app(meta, token);
        Collection<String> asked = accounts.isEmpty() ? token.accounts() : accounts;
        if (asked.isEmpty() && phoneNumbers.isEmpty()) {
            report.couldNotCheck(
                    Check.SUBSCRIPTION, "Meta does not say which accounts the token may see", "name them with --waba");
        }
        List<String> numbers = new ArrayList<>(phoneNumbers);
        for (String account : asked) {
            account(meta, account, token.appId());
            if (phoneNumbers.isEmpty()) {
                tried(Check.PHONE_NUMBER, () -> numbers.addAll(meta.phoneNumbersOf(account)));
            }
        }
        for (String number : numbers) {
            tried(Check.OVERRIDES, () -> overrides(meta.levelsOf(number)));
            tried(Check.PHONE_NUMBER, () -> phoneNumber(meta, number));
        }
    }

    private void tried(Check check, Runnable work) {
        try {
            work.run();
        } catch (GraphException ex) {
            report.couldNotCheck(
                    check,
                    String.valueOf(ex.getMessage()),
                    "see whether the token has access to it, and the id is right");
        }
    }

    private void token(Token token) {
        Instant end = token.expiresAt();
        String detail = "of app " + token.appId() + ", type " + token.type() + ", "
                + (end == null ? "does not expire" : "ends at " + end);
        if (!token.isValid()) {
            report.finding(
                    Check.TOKEN,
                    detail + ", not valid",
                    "make a new token for the system user in the business settings");
        } else if (end != null && end.isBefore(clock.instant().plus(SOON))) {
            report.finding(Check.TOKEN, detail, "take a system user's token that does not expire");
        } else {
            report.ok(Check.TOKEN, detail);
        }
    }

    private void permissions(Token token) {
        Set<String> missing = new TreeSet<>(PERMISSIONS);
        missing.removeAll(token.scopes());
        if (missing.isEmpty()) {
            report.ok(Check.PERMISSIONS, String.join(", ", PERMISSIONS));
        } else {
            report.finding(
                    Check.PERMISSIONS,
                    "missing: " + String.join(", ", missing),
                    "make a token with both permissions: without whatsapp_business_messaging no message arrives, without"
                            + " whatsapp_business_management none of the other fields");
        }
    }

    private void app(Subscriptions meta, Token token) {
        if (!meta.canAskApp()) {
            report.couldNotCheck(Check.CALLBACK_URL, "there is no app secret here", "set ACKBOX_APP_SECRET");
            report.couldNotCheck(Check.FIELDS, "there is no app secret here", "set ACKBOX_APP_SECRET");
            return;
        }
        String appId = meta.webhookAppId(token);
        try {
            AppLevel level = meta.appLevel(appId);
            if (level == null) {
                report.finding(
                        Check.CALLBACK_URL,
                        "app " + appId + " has no callback URL for WhatsApp",
                        "enter it in the app dashboard, WhatsApp, Configuration");
                report.finding(Check.FIELDS, "none", "tick messages and what else you need, in the same place");
                return;
            }
            callbackUrl(appId.equals(token.appId()) ? "of the app: " : "of app " + appId + ": ", level);
            fields(level.fields());
        } catch (GraphException ex) {
            String advice = "look in the app dashboard, WhatsApp, Configuration: not every app may ask for it";
            report.couldNotCheck(Check.CALLBACK_URL, String.valueOf(ex.getMessage()), advice);
            report.couldNotCheck(Check.FIELDS, String.valueOf(ex.getMessage()), advice);
        }
    }

    private void callbackUrl(String prefix, AppLevel level) {
        String detail = prefix + level.callbackUrl();
        if (!level.isActive()) {
            report.finding(
                    Check.CALLBACK_URL,
                    detail + ", switched off",
                    "enter URL and verify token in the app dashboard again");
        } else if (url != null && !url.toString().equals(level.callbackUrl())) {
            report.ok(Check.CALLBACK_URL, detail + ", another one than " + url + ": see overrides");
        } else {
            report.ok(Check.CALLBACK_URL, detail);
        }
    }

    private void fields(Set<String> subscribed) {
        String detail = subscribed.isEmpty() ? "none" : String.join(", ", subscribed);
        if (subscribed.isEmpty()) {
            report.finding(
                    Check.FIELDS, detail, "subscriptions add-fields messages, or tick them in the app dashboard");
            return;
        } else if (handledFields == null || handledFields.isEmpty()) {
            report.ok(Check.FIELDS, detail + (handledFields == null ? "" : "; there is no handler here"));
            return;
        }
        Set<String> missing = new TreeSet<>(handledFields);
        missing.removeAll(subscribed);
        Set<String> unhandled = new TreeSet<>(subscribed);
        unhandled.removeAll(handledFields);
        String suffix = unhandled.isEmpty() ? "" : "; without a handler here: " + String.join(", ", unhandled);
        if (missing.isEmpty()) {
            report.ok(Check.FIELDS, detail + suffix);
        } else {
            report.finding(
                    Check.FIELDS,
                    detail + "; a handler here takes what is not subscribed: " + String.join(", ", missing) + suffix,
                    "subscriptions add-fields " + String.join(",", missing) + ", or tick them in the app dashboard");
        }
    }

    private void account(Subscriptions meta, String account, String appId) {
        tried(Check.SUBSCRIPTION, () -> {
            List<Subscriptions.SubscribedApp> apps = meta.appsOf(account);
            if (apps.stream().anyMatch(app -> app.id().equals(appId))) {
                report.ok(Check.SUBSCRIPTION, "app " + appId + " is subscribed to account " + account);
                return;
            }
            boolean metaAlone =
                    !apps.isEmpty() && apps.stream().allMatch(app -> app.id().equals(Subscriptions.META_APP));
            report.finding(
                    Check.SUBSCRIPTION,
                    "app " + appId + " is not subscribed to account " + account + ": nothing of it arrives"
                            + (metaAlone ? "; only Meta's own app " + Subscriptions.META_APP + " is" : ""),
                    "subscriptions add " + account);
        });
        tried(Check.ACCOUNT, () -> {
            String review = meta.reviewOf(account);
            if (review.equals("APPROVED")) {
                report.ok(Check.ACCOUNT, account + " is approved");
            } else {
                report.finding(
                        Check.ACCOUNT,
                        account + " has the review status " + review,
                        "see WhatsApp Manager, Account alerts");
            }
        });
    }

    private void overrides(Levels levels) {
        String detail = "phone number " + levels.phoneNumberId() + ": " + levels.winner() + " level wins, "
                + (levels.url() == null ? "which has no URL" : levels.url());
        if (levels.url() == null || (url != null && !url.toString().equals(levels.url()))) {
            report.finding(
                    Check.OVERRIDES,
                    detail,
                    levels.winner().equals("app")
                            ? "enter " + (url == null ? "a URL" : url) + " in the app dashboard, or set an override"
                            : "overrides remove "
                                    + (levels.winner().equals("phone")
                                            ? "--phone " + levels.phoneNumberId()
                                            : "--waba <id>")
                                    + ", or overrides set with the right URL");
        } else {
            report.ok(Check.OVERRIDES, detail);
        }
    }

    private void phoneNumber(Subscriptions meta, String number) {
        Subscriptions.NumberStatus status = meta.statusOf(number);
        String detail = number + " is " + status.status() + ", quality " + status.quality();
        if (status.status().equals("CONNECTED") && !status.quality().equals("RED")) {
            report.ok(Check.PHONE_NUMBER, detail);
        } else {
            report.finding(
                    Check.PHONE_NUMBER,
                    detail,
                    "see WhatsApp Manager, Phone numbers: a number that is not connected neither sends nor receives");
        }
    }
}
