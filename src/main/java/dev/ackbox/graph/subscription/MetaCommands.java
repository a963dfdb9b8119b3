package dev.ackbox.graph.subscription;

import dev.ackbox.command.Settings;
import dev.ackbox.command.Settings.WrongSettingException;
import dev.ackbox.graph.AccessToken;
import dev.ackbox.graph.GraphException;
import dev.ackbox.graph.GraphProperties;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Commands that ask Meta, with what they share. */
abstract class MetaCommands {

    static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final Pattern ID = Pattern.compile("[0-9]{1,32}");

    private final Supplier<Settings> settings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    MetaCommands(Supplier<Settings> settings) {
        this.settings = settings;
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

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    int fail(String message) {
        out().flush();
        spec.commandLine().getErr().println(message + ".");
        return ExitCode.SOFTWARE;
    }

    int done(String message) {
        out().println(message + ".");
        return ExitCode.OK;
    }

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    void print(JsonNode json) {
        out().println(JSON.writeValueAsString(json));
    }

    void requireIds(Collection<String> ids) {
        for (String id : ids) {
            if (!ID.matcher(id).matches()) {
                throw usage("'" + id + "' is not an id: Meta's ids are digits");
            }
        }
    }

    /** Asks at the terminal. Without one, the answer is no. */
    boolean confirms(String question) {
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

    /** What a URL takes in a handshake: as given, else the current token of the endpoint 'default'. */
    String verifyToken(Settings read, @Nullable String given) {
        String token = given == null ? read.verifyTokens().stream().findFirst().orElse("") : given;
        if (token.isEmpty()) {
            throw usage("--verify-token is needed, since ACKBOX_VERIFY_TOKEN is not set");
        }
        return token;
    }

    static String shown(@Nullable String text) {
        return text == null ? "-" : text;
    }
}
