package dev.ackbox.command;

import java.io.PrintWriter;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A command of the command line: how it prints, and how it rejects what it was called with. */
public abstract class TerminalCommand {

    protected static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    protected final CommandSpec spec() {
        return spec;
    }

    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    protected final void print(JsonNode json) {
        out().println(JSON.writeValueAsString(json));
    }

    /**
     * Says that all is done.
     *
     * @param sentence without its full stop
     * @return the exit code
     */
    protected final int done(String sentence) {
        out().println(sentence + ".");
        return ExitCode.OK;
    }

    /**
     * Says why nothing is done.
     *
     * @param sentence without its full stop
     * @return the exit code
     */
    protected final int fail(String sentence) {
        out().flush();
        spec.commandLine().getErr().println(sentence + ".");
        return ExitCode.SOFTWARE;
    }

    /** What to throw at wrong arguments. */
    protected final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /**
     * For the options of a command.
     *
     * @throws ParameterException unless something holds
     */
    public static void require(boolean holds, CommandSpec spec, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
