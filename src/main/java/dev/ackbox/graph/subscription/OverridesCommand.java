package dev.ackbox.graph.subscription;

import dev.ackbox.command.CallbackUrl;
import dev.ackbox.command.DryRun;
import dev.ackbox.command.Handshake;
import dev.ackbox.command.Settings;
import dev.ackbox.command.Table;
import dev.ackbox.graph.GraphException;
import dev.ackbox.graph.subscription.Subscriptions.Levels;
import dev.ackbox.graph.subscription.Subscriptions.SubscribedApp;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;

/** Where the notifications of an account or a phone number go, in place of the app's callback URL. */
@Command(
        name = "overrides",
        description =
                "Where notifications of an account (WABA) or a phone number go in place of the app's callback URL. The override of a"
                        + " phone number wins over that of its account. Needs ACKBOX_ACCESS_TOKEN.",
        synopsisSubcommandLabel = "<command>",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:not done", "2:wrong usage"})
public final class OverridesCommand extends MetaCommands {

    private static final int SUBSCRIBE_FIRST = 100;
    private static final int HANDSHAKE_FAILED = 2200;

    public OverridesCommand() {
        this(Settings::read);
    }

    /** @param settings read when a command needs them */
    public OverridesCommand(Supplier<Settings> settings) {
        super(settings);
    }

    /** What an override is of. */
    static final class Target {

        @Option(names = "--waba", paramLabel = "<id>", description = "Id of an account.")
        private @Nullable String account;

        @Option(names = "--phone", paramLabel = "<id>", description = "Id of a phone number; not the number itself.")
        private @Nullable String phone;

        private String id() {
            return String.valueOf(phone == null ? account : phone);
        }

        @Override
        public String toString() {
            return (phone == null ? "account " : "phone number ") + id();
        }
    }

    @Command(
            name = "list",
            description =
                    "Lists the URL of each level, and which of them wins: that of the phone number, of its account, or of the app.")
    int list(
            @ArgGroup(multiplicity = "0..1") @Nullable Target target,
            @Option(names = "--json", description = "Prints JSON.") boolean json)
            throws InterruptedException {
        if (target != null) {
            requireIds(List.of(target.id()));
        }
        return ask((meta, read) -> {
            List<String> numbers = new ArrayList<>();
            if (target != null && target.phone != null) {
                numbers.add(target.phone);
            } else {
                for (String account : target == null ? meta.token().accounts() : List.of(target.id())) {
                    numbers.addAll(meta.phoneNumbersOf(account));
                }
            }
            if (numbers.isEmpty()) {
                return fail("There are no phone numbers that the token may see. Name one: overrides list --phone <id>");
            }
            print(numbers.stream().map(meta::levelsOf).toList(), json);
            return ExitCode.OK;
        });
    }

    private void print(List<Levels> numbers, boolean json) {
        ArrayNode tree = JSON.createArrayNode();
        Table table = new Table("PHONE NUMBER ID", "WINS", "PHONE", "ACCOUNT", "APP");
        for (Levels levels : numbers) {
            table.add(
                    levels.phoneNumberId(),
                    levels.winner(),
                    shown(levels.phone()),
                    shown(levels.account()),
                    shown(levels.app()));
            tree.addObject()
                    .put("phone_number_id", levels.phoneNumberId())
                    .put("winner", levels.winner())
                    .put("url", levels.url())
                    .put("phone", levels.phone())
                    .put("account", levels.account())
                    .put("app", levels.app());
        }
        if (json) {
            print(tree);
        } else {
            table.print(out());
        }
    }

    @Command(
            name = "set",
            description =
                    "Sets an override: checks the URL with a handshake of its own, subscribes the app to the account if it is not"
                            + " yet, then sets the override, for which Meta makes its handshake.")
    int set(
            @ArgGroup(multiplicity = "1") Target target,
            @Option(
                            names = "--url",
                            required = true,
                            paramLabel = "<url>",
                            description = "The callback URL: https, at most 200 characters.")
                    String text,
            @Mixin VerifyToken verifyToken,
            @Mixin DryRun dryRun)
            throws InterruptedException {
        requireIds(List.of(target.id()));
        URI url = url(text);
        return ask((meta, read) -> {
            String token = verifyToken.in(read);
            Handshake.Result handshake = new Handshake().with(url, token);
            if (!handshake.succeeded()) {
                return fail("Meta would not take " + url + ": " + handshake.problem() + ". Nothing was changed");
            }
            out().println("The handshake with " + url + " succeeds from here.");
            if (target.phone == null && !meta.isSubscribed(target.id(), meta.appId())) {
                if (dryRun.isOn()) {
                    out().println("The app would be subscribed to " + target + ".");
                } else {
                    meta.subscribe(target.id());
                    out().println("The app is subscribed to " + target + ".");
                }
            }
            return dryRun.isOn() ? done(url + " would be set for " + target) : set(meta, target, url, token);
        });
    }

    private URI url(String text) {
        try {
            return CallbackUrl.of(text);
        } catch (IllegalArgumentException ex) {
            throw usage("--url " + ex.getMessage());
        }
    }

    private int set(Subscriptions meta, Target target, URI url, String token) {
        try {
            if (target.phone == null) {
                meta.overrideAccount(target.id(), url, token);
            } else {
                meta.overridePhone(target.phone, url, token);
            }
        } catch (GraphException ex) {
            fail(String.valueOf(ex.getMessage()));
            int code = ex.code().orElse(0);
            if (code == SUBSCRIBE_FIRST) {
                return fail(
                        "Meta takes an override only if the app is subscribed to the account: subscriptions add <waba>");
            } else if (code == HANDSHAKE_FAILED) {
                return fail("The handshake succeeds from here, so something between Meta and " + url
                        + " differs: a firewall, bot rules of a CDN, a DNS that only you see, a certificate that only your"
                        + " machine trusts");
            }
            return ExitCode.SOFTWARE;
        }
        return done(url + " is set for " + target);
    }

    @Command(name = "remove", description = "Takes an override away: notifications go to the next level again.")
    int remove(@ArgGroup(multiplicity = "1") Target target, @Mixin Removal removal) throws InterruptedException {
        requireIds(List.of(target.id()));
        return ask((meta, read) -> {
            String nothing = target.phone == null ? nothingToRemove(meta, target) : null;
            return nothing == null ? remove(meta, target, removal) : done(nothing + ". Nothing was changed");
        });
    }

    /** Why an account has no override of this app; absent where it has one. Taking none away would subscribe the app. */
    private static @Nullable String nothingToRemove(Subscriptions meta, Target target) {
        String appId = meta.appId();
        SubscribedApp app = meta.subscriptionOf(appId, target.id()).orElse(null);
        if (app == null) {
            return "App " + appId + " is not subscribed to " + target;
        }
        return app.override() == null ? "App " + appId + " has no override of " + target : null;
    }

    private int remove(Subscriptions meta, Target target, Removal removal) {
        return remove(
                removal,
                "The override of " + target + " would be taken away",
                "The override of " + target + " is taken away",
                () -> {
                    if (target.phone == null) {
                        meta.subscribe(target.id());
                    } else {
                        meta.removePhoneOverride(target.phone);
                    }
                },
                "The override of " + target + " is taken away");
    }
}
