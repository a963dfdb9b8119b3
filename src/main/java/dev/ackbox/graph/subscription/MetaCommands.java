package dev.ackbox.graph.subscription;

import dev.ackbox.command.DryRun;
import dev.ackbox.command.Settings;
import dev.ackbox.command.Settings.WrongSettingException;
import dev.ackbox.command.TerminalCommand;
import dev.ackbox.graph.AccessToken;
import dev.ackbox.graph.GraphException;
import dev.ackbox.graph.GraphProperties;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Commands that ask Meta, with what they share. */
abstract class MetaCommands extends TerminalCommand {

    private static final Pattern ID = Pattern.compile("[0-9]{1,32}");

    private final Supplier<Settings> settings;

    MetaCommands(Supplier<Settings> settings) {
        this.settings = settings;
    }

    /** What a URL takes in a handshake. */
    static final class VerifyToken {

        @Option(
                names = "--verify-token",
                paramLabel = "<token>",
                description = "What the URL takes in a handshake. Default: ACKBOX_VERIFY_TOKEN.")
        private @Nullable String given;

        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec = CommandSpec.create();

        /** As given, else the current one of the endpoint 'default'. */
        String in(Settings settings) {
            String token =
                    given == null ? settings.verifyTokens().stream().findFirst().orElse("") : given;
            require(!token.isEmpty(), spec, "--verify-token is needed, since ACKBOX_VERIFY_TOKEN is not set");
            return token;
        }
    }

    /** Whether to ask before something is taken away. */
    static final class Removal {

        @Mixin
        private DryRun dryRun = new DryRun();

        @Option(names = "--yes", description = "Does not ask.")
        private boolean yes;
    }

    /**
     * Takes something away, unless this is a dry run or the answer is no.
     *
     * @param would what a dry run says
     * @param question what is asked
     * @param done what is said at the end
     */
    int remove(Removal removal, String would, String question, Runnable work, String done) {
        if (removal.dryRun.isOn()) {
            return done(would);
        } else if (!removal.yes && !confirms(question)) {
            return ExitCode.SOFTWARE;
        }
        work.run();
        return done(done);
    }

    /** What a command does. */
    interface Task {

        /** Returns the exit code. */
        int run(Subscriptions meta, Settings read) throws InterruptedException;
    }

    /** Does something with the configured token, and prints why that is not possible. */
    int ask(Task task) throws InterruptedException {
        try {
            Settings read = settings.get();
            GraphProperties properties = read.bind("ackbox.graph", GraphProperties.class);
            if (!properties.isConfigured()) {
                return fail("No access token is configured. Set ACKBOX_ACCESS_TOKEN to the token of a system user");
            }
            return task.run(new Subscriptions(properties, AccessToken.of(properties)), read);
        } catch (GraphException | WrongSettingException ex) {
            return fail(String.valueOf(ex.getMessage()));
        } catch (InvalidConfigurationPropertyValueException ex) {
            return fail("'" + ex.getName() + "': " + ex.getReason());
        } finally {
            out().flush();
        }
    }

    void requireIds(Collection<String> ids) {
        for (String id : ids) {
            if (!ID.matcher(id).matches()) {
                throw usage("'" + id + "' is not an id: Meta's ids are digits");
            }
        }
    }

    /** Asks at the terminal. Without one, the answer is no. */
    private boolean confirms(String question) {
        out().print(question + ". Type yes to go on: ");
        out().flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            if (answer != null && answer.strip().equalsIgnoreCase("yes")) {
                return true;
            }
        } catch (IOException ex) {
            // The same as no answer.
        }
        fail("Nothing was changed. --yes goes on without asking");
        return false;
    }

    static String shown(@Nullable String text) {
        return text == null ? "-" : text;
    }
}
