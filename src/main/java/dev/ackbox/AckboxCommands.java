package dev.ackbox;

import dev.ackbox.addresses.AddressesCommand;
import dev.ackbox.doctor.DoctorCommand;
import dev.ackbox.graph.subscription.OverridesCommand;
import dev.ackbox.graph.subscription.SubscriptionsCommand;
import dev.ackbox.onpremises.OnPremisesCommand;
import dev.ackbox.operator.InboxCommand;
import dev.ackbox.simulate.SimulateCommand;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the jar can do besides serving. A further command is a class of its own, and its line in {@code subcommands}. */
@Command(
        name = "java -jar ackbox.jar",
        description = "Without a command, Ackbox serves; settings come from the environment, or as --name=value.",
        synopsisSubcommandLabel = "<command>",
        subcommands = {
            SimulateCommand.class,
            InboxCommand.class,
            DoctorCommand.class,
            SubscriptionsCommand.class,
            OverridesCommand.class,
            AddressesCommand.class,
            OnPremisesCommand.class,
        })
final class AckboxCommands {

    private static final Set<String> HELP = Set.of("-h", "--help");

    /** Of each command too. */
    @Option(
            names = {"-h", "--help"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // that it is there is enough
    private boolean helpRequested;

    /** Whether the arguments are for {@link #run}: settings of the service begin with dashes, commands do not. */
    static boolean isCommand(String[] args) {
        return args.length > 0 && (HELP.contains(args[0]) || !args[0].startsWith("-"));
    }

    /** Runs the command and returns its exit code: 0 ok, 1 a finding or a failure, 2 wrong usage. */
    static int run(String[] args) {
        return run(new AckboxCommands(), args);
    }

    static int run(Object command, String[] args) {
        return new CommandLine(command)
                .setParameterExceptionHandler((ex, wrong) -> explain(ex))
                .setExecutionExceptionHandler((ex, failed, parsed) -> explain(ex, failed))
                .execute(args);
    }

    /** One line: a stack trace tells an operator nothing. */
    private static int explain(Exception ex, CommandLine command) {
        command.getErr().println("The command failed: " + ex.toString().replaceAll("\\s*\\R\\s*", " "));
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** The error alone, which would be lost above the whole help. */
    private static int explain(ParameterException ex) {
        CommandLine command = ex.getCommandLine();
        command.getErr().println(ex.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(ex, command.getErr())) {
            command.getErr().println("--help lists all options.");
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
