package dev.ackbox.simulate;

import dev.ackbox.command.Handshake;
import dev.ackbox.sample.SampleKinds;
import dev.ackbox.security.AppSecret;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
            "0:all were answered with 200, with --as-meta in the end",
            "1:not all were, or the handshake failed",
            "2:wrong usage",
        })
public final class SimulateCommand implements Callable<Integer> {

    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);

    /** For fewer, what is measured is of no interest. */
    private static final long WORTH_WARMING_UP = 500;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TrafficOptions trafficOptions = new TrafficOptions();

    @Mixin
    private SendingOptions sendingOptions = new SendingOptions();

    @Mixin
    private MetaOptions metaOptions = new MetaOptions();

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
        metaOptions.validate(spec);
        List<Webhook> apps = apps();
        return isVerified(apps.get(0), out) ? simulate(traffic, apps, out) : ExitCode.SOFTWARE;
    }

    private List<Webhook> apps() {
        List<Webhook> apps = new ArrayList<>();
        apps.add(new Webhook(
                sendingOptions.url(),
                sendingOptions.secret(System.getenv(SigningSecret.VARIABLE)),
                metaOptions.client(spec)));
        metaOptions
                .apps()
                .forEach((secret, url) -> apps.add(new Webhook(url, new AppSecret(secret), metaOptions.client(spec))));
        return apps;
    }

    private boolean isVerified(Webhook app, PrintWriter out) throws InterruptedException {
        if (!metaOptions.asMeta()) {
            return true;
        }
        Handshake.Result handshake =
                metaOptions.handshake(sendingOptions.url(), app.client(), System.getenv("ACKBOX_VERIFY_TOKEN"));
        out.println("Handshake  " + (handshake.succeeded() ? "ok" : handshake.problem()));
        out.flush();
        return handshake.succeeded();
    }

    private int simulate(Traffic traffic, List<Webhook> apps, PrintWriter out) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        if (traffic.total() >= WORTH_WARMING_UP) {
            WarmUp.run(trafficOptions.warmUp(spec), clock);
        }
        Tally tally = new Tally();
        Progress progress = new Progress(tally, traffic.total(), out);
        progress.start(PROGRESS_INTERVAL);
        try {
            new Simulation(
                            traffic,
                            sendingOptions.pace(),
                            sendingOptions.connections(),
                            apps,
                            metaOptions.schedule(),
                            clock)
                    .run(tally);
        } finally {
            progress.stop();
        }
        Results results = tally.results();
        new Summary(out, sendingOptions.url())
                .print(results, traffic.total() - trafficOptions.count(), metaOptions.asMeta());
        return results.notifications().accepted() == traffic.total() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
