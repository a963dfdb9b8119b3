package dev.ackbox.graph.subscription;

import dev.ackbox.command.DryRun;
import dev.ackbox.command.Handshake;
import dev.ackbox.command.Settings;
import dev.ackbox.command.Table;
import dev.ackbox.graph.subscription.Subscriptions.AppLevel;
import dev.ackbox.graph.subscription.Subscriptions.SubscribedApp;
import dev.ackbox.graph.subscription.Subscriptions.Token;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which accounts and fields the app is told of. */
@Command(
        name = "subscriptions",
        description =
                "Which WhatsApp Business Accounts (WABA) Meta tells the app of. Without a subscription, nothing of an account"
                        + " arrives. Needs ACKBOX_ACCESS_TOKEN.",
        synopsisSubcommandLabel = "<command>",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and the app is subscribed where it is listed",
            "1:not done, or not subscribed",
            "2:wrong usage"
        })
public final class SubscriptionsCommand extends MetaCommands {

    private static final Pattern FIELD = Pattern.compile("[a-z0-9_]{1,64}");

    public SubscriptionsCommand() {
        this(Settings::read);
    }

    /** @param settings read when a command needs them */
    public SubscriptionsCommand(Supplier<Settings> settings) {
        super(settings);
    }

    @Command(
            name = "list",
            description = "Lists the apps that are subscribed to each account, and the URL and the fields of your app.")
    int list(
            @Parameters(
                            arity = "0..*",
                            paramLabel = "<waba>",
                            description = "Ids of accounts. Default: those that the token may see.")
                    @Nullable
                    List<String> accounts,
            @Option(names = "--json", description = "Prints JSON.") boolean json)
            throws InterruptedException {
        List<String> given = accounts == null ? List.of() : accounts;
        requireIds(given);
        return ask((meta, read) -> {
            Token token = meta.token();
            Collection<String> asked = given.isEmpty() ? token.accounts() : given;
            return asked.isEmpty()
                    ? fail("Meta does not say which accounts the token may see. Name them: subscriptions list <waba>")
                    : list(meta, token, asked, json);
        });
    }

    private int list(Subscriptions meta, Token token, Collection<String> accounts, boolean json) {
        String appId = token.appId();
        boolean all = true;
        ObjectNode tree = JSON.createObjectNode().put("app", appId);
        ObjectNode byAccount = tree.putObject("accounts");
        Table table = new Table("ACCOUNT", "APP", "NAME", "OVERRIDE");
        for (String account : accounts) {
            ArrayNode apps = byAccount.putArray(account);
            boolean subscribed = false;
            for (SubscribedApp app : meta.appsOf(account)) {
                boolean isOurs = app.id().equals(appId);
                subscribed |= isOurs;
                table.add(account, app.id() + (isOurs ? " (yours)" : ""), app.name(), shown(app.override()));
                apps.addObject().put("id", app.id()).put("name", app.name()).put("override", app.override());
            }
            if (!subscribed) {
                table.add(account, "-", "your app is not subscribed: nothing of this account arrives", "-");
                all = false;
            }
        }
        String webhookAppId = meta.webhookAppId(token);
        AppLevel level = meta.canAskApp() ? meta.appLevel(webhookAppId) : null;
        if (level != null) {
            ObjectNode webhook = tree.putObject("webhook")
                    .put("app", webhookAppId)
                    .put("url", level.callbackUrl())
                    .put("active", level.isActive());
            level.fields().forEach(webhook.putArray("fields")::add);
        }
        if (json) {
            print(tree);
        } else {
            table.print(out());
            out().printf(
                            "%n%s.%n",
                            sentence(meta, webhookAppId.equals(appId) ? "The app" : "App " + webhookAppId, level));
        }
        return all ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static String sentence(Subscriptions meta, String app, @Nullable AppLevel level) {
        if (!meta.canAskApp()) {
            return app + "'s URL and fields were not asked for, since ACKBOX_APP_SECRET is not set";
        } else if (level == null) {
            return app + " has no callback URL for WhatsApp: enter it in the app dashboard, WhatsApp, Configuration";
        }
        return app + "'s URL is " + level.callbackUrl() + (level.isActive() ? "" : " (switched off)") + ". Its fields: "
                + (level.fields().isEmpty() ? "none" : String.join(", ", level.fields()));
    }

    @Command(name = "add", description = "Subscribes the app to an account.")
    int add(@Parameters(paramLabel = "<waba>", description = "Id of the account.") String account, @Mixin DryRun dryRun)
            throws InterruptedException {
        requireIds(List.of(account));
        return ask((meta, read) -> {
            String appId = meta.appId();
            if (meta.isSubscribed(account, appId)) {
                return done("App " + appId + " is subscribed to account " + account + " already. Nothing was changed");
            } else if (dryRun.isOn()) {
                return done("App " + appId + " would be subscribed to account " + account);
            }
            meta.subscribe(account);
            return done("App " + appId + " is subscribed to account " + account);
        });
    }

    @Command(name = "remove", description = "Unsubscribes the app from an account: nothing of it arrives any more.")
    int remove(
            @Parameters(paramLabel = "<waba>", description = "Id of the account.") String account,
            @Mixin Removal removal)
            throws InterruptedException {
        requireIds(List.of(account));
        return ask((meta, read) -> {
            String appId = meta.appId();
            if (!meta.isSubscribed(account, appId)) {
                return done("App " + appId + " is not subscribed to account " + account + ". Nothing was changed");
            }
            return remove(
                    removal,
                    "App " + appId + " would be unsubscribed from account " + account,
                    "Nothing of account " + account + " reaches app " + appId + " after this",
                    () -> meta.unsubscribe(account),
                    "App " + appId + " is no longer subscribed to account " + account);
        });
    }

    @Command(
            name = "add-fields",
            description =
                    "Subscribes the app to fields, such as messages. Meta's own pages disagree on whether the API takes that for"
                            + " WhatsApp: if it does not, tick them in the app dashboard. Needs ACKBOX_APP_SECRET too.")
    int addFields(
            @Parameters(arity = "1..*", split = ",", paramLabel = "<field>", description = "Meta's names of fields.")
                    Set<String> fields,
            @Mixin VerifyToken verifyToken,
            @Mixin DryRun dryRun)
            throws InterruptedException {
        for (String field : fields) {
            if (!FIELD.matcher(field).matches()) {
                throw usage("'" + field + "' is not a name of a field");
            }
        }
        return ask((meta, read) -> {
            if (!meta.canAskApp()) {
                return fail("Set ACKBOX_APP_SECRET: fields belong to the app, and take its own token");
            }
            String appId = meta.webhookAppId(meta.token());
            AppLevel level = meta.appLevel(appId);
            if (level == null) {
                return fail("The app has no callback URL for WhatsApp yet. Enter it in the app dashboard first");
            }
            Set<String> missing = new TreeSet<>(fields);
            missing.removeAll(level.fields());
            if (missing.isEmpty()) {
                return done("App " + appId + " has these fields already. Nothing was changed");
            }
            String token = verifyToken.in(read);
            Handshake.Result handshake = new Handshake().with(URI.create(level.callbackUrl()), token);
            if (!handshake.succeeded()) {
                return fail("Meta would not take " + level.callbackUrl() + ": " + handshake.problem());
            } else if (dryRun.isOn()) {
                return done("App " + appId + " would be subscribed to " + String.join(", ", missing));
            }
            meta.addFields(appId, level.callbackUrl(), missing, token);
            return done("App " + appId + " is subscribed to " + String.join(", ", missing));
        });
    }
}
