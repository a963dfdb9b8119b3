package dev.ackbox.doctor;

import dev.ackbox.command.Settings;
import dev.ackbox.command.Settings.WrongSettingException;
import dev.ackbox.command.TerminalCommand;
import dev.ackbox.command.WebUrl;
import dev.ackbox.doctor.Check.Place;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Finds out why notifications do not arrive, and says what to do. */
@Command(
        name = "doctor",
        description =
                "Finds out why notifications do not arrive: checks the settings and the machine here, the callback URL from outside,"
                        + " and what Meta knows. Changes no setting, and sends no message to anybody. A signed probe is stored in the inbox,"
                        + " and no handler gets it.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no finding", "1:at least one finding", "2:wrong usage"})
public final class DoctorCommand extends TerminalCommand implements Callable<Integer> {

    private final Supplier<Settings> settings;
    private final HttpClient client;
    private final Clock clock;
    private final Limits limits;

    @Option(
            names = "--url",
            paramLabel = "<url>",
            description =
                    "The callback URL as Meta has it. Default: ACKBOX_URL. Without either, nothing is checked from outside.")
    private @Nullable String url;

    @Option(
            names = "--waba",
            split = ",",
            paramLabel = "<id>",
            description = "Accounts to check at Meta. Default: those that the access token may see.")
    private List<String> accounts = new ArrayList<>();

    @Option(
            names = "--phone",
            split = ",",
            paramLabel = "<id>",
            description = "Ids of phone numbers to check at Meta. Default: all of the accounts.")
    private List<String> phoneNumbers = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    public DoctorCommand() {
        this(
                Settings::read,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build(),
                Clock.systemUTC(),
                Limits.USUAL);
    }

    /**
     * Creates it.
     *
     * @param client asks from outside; follows no redirects
     */
    DoctorCommand(Supplier<Settings> settings, HttpClient client, Clock clock, Limits limits) {
        this.settings = settings;
        this.client = client;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings read = settings.get();
        URI target = target(read);
        Report report = new Report();
        try {
            check(read, target, report);
        } catch (WrongSettingException ex) {
            // Which one, the check of the settings has said.
            report.couldNotCheckRest("a setting cannot be read", "first do what is said above");
        }
        if (json) {
            out().println(report.json());
        } else {
            report.print(out());
        }
        out().flush();
        return report.findings() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void check(Settings read, @Nullable URI target, Report report) throws InterruptedException {
        HereChecks here = new HereChecks(read, client, clock, limits, report);
        here.run();
        if (target == null) {
            report.couldNotCheck(Place.OUTSIDE, "no URL is given", "name the callback URL with --url or ACKBOX_URL");
        } else {
            new OutsideChecks(target, read, client, clock, limits, report).run();
        }
        new MetaChecks(read, target, accounts, phoneNumbers, here.handledFields(), clock, report).run();
    }

    private @Nullable URI target(Settings read) {
        String given = url == null ? read.get("ACKBOX_URL") : url;
        if (given.isBlank()) {
            return null;
        }
        try {
            URI uri = new URI(given);
            if (WebUrl.isWhole(uri)) {
                return uri;
            }
        } catch (URISyntaxException ex) {
            // Said below.
        }
        throw usage((url == null ? "ACKBOX_URL" : "--url") + " must be a whole http or https URL with a host");
    }
}
