package dev.ackbox.simulate;

import dev.ackbox.sample.SampleKinds;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays Meta: sends signed notifications to an Ackbox and tells how they were answered. */
@Command(
        name = "simulate",
        description = "Sends signed notifications to an Ackbox, as Meta does, and prints how Ackbox answered them.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all were answered with 200",
            "1:not all were",
            "2:wrong usage",
        })
public final class SimulateCommand implements Callable<Integer> {

    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TrafficOptions trafficOptions = new TrafficOptions();

    @Mixin
    private SendingOptions sendingOptions = new SendingOptions();

    @Option(names = "--list", description = "List all types with their fields, and exit.")
    private boolean listRequested;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (listRequested) {
            SampleKinds.all()
                    .forEach(kind -> out.printf("%-34s %-37s %s%n", kind.name(), kind.field(), kind.description()));
            return ExitCode.OK;
        }
        Traffic traffic = trafficOptions.traffic(spec);
        sendingOptions.validate(spec);
        return simulate(traffic, out);
    }

    private int simulate(Traffic traffic, PrintWriter out) throws InterruptedException {
        Webhook webhook =
                new Webhook(sendingOptions.url(), sendingOptions.secret(System.getenv(SigningSecret.VARIABLE)));
        Tally tally = new Tally();
        Progress progress = new Progress(tally, traffic.total(), out);
        progress.start(PROGRESS_INTERVAL);
        try {
            new Simulation(traffic, sendingOptions.pace(), sendingOptions.connections(), webhook, Clock.systemUTC())
                    .run(tally);
        } finally {
            progress.stop();
        }
        Results results = tally.results();
        new Summary(out, sendingOptions.url()).print(results, traffic.total() - trafficOptions.count());
        return results.acknowledged() == traffic.total() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
