package dev.ackbox.addresses;

import dev.ackbox.addresses.AddressFile.NotRefreshedException;
import dev.ackbox.command.Settings;
import dev.ackbox.command.Settings.WrongSettingException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The file with Meta's addresses. */
@Command(
        name = "addresses",
        description =
                "The file with Meta's addresses, for ackbox.endpoints.*.addresses.file. Meta advises to check its client certificate"
                        + " instead, since addresses change.",
        synopsisSubcommandLabel = "<command>",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:refreshed", "1:not refreshed; the file stays as it is", "2:wrong usage"})
public final class AddressesCommand {

    private final Supplier<Settings> settings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public AddressesCommand() {
        this(Settings::read);
    }

    AddressesCommand(Supplier<Settings> settings) {
        this.settings = settings;
    }

    @Command(
            name = "refresh",
            description =
                    "Fetches Meta's geofeed and writes it into the file, at once. A list that shrinks by more than half is not taken.")
    int refresh(
            @Option(
                            names = "--file",
                            paramLabel = "<file>",
                            description = "What to write. Default: ackbox.addresses.file.")
                    @Nullable
                    Path file,
            @Option(
                            names = "--url",
                            paramLabel = "<url>",
                            description = "Where the geofeed is. Default: ackbox.addresses.url.")
                    @Nullable
                    URI url)
            throws InterruptedException {
        try {
            AddressesProperties properties = settings.get().bind("ackbox.addresses", AddressesProperties.class);
            Path target = file == null ? properties.file() : file;
            if (target == null) {
                throw new ParameterException(
                        spec.commandLine(), "--file is needed, since ackbox.addresses.file is not set");
            }
            if (url != null && !AddressFile.isSafe(url)) {
                throw new ParameterException(spec.commandLine(), "--url must be a whole https URL");
            }
            AddressFile addresses = new AddressFile(target, url == null ? properties.url() : url, Clock.systemUTC());
            int ranges = addresses.refresh();
            spec.commandLine().getOut().println(target + " has " + ranges + " ranges.");
            return ExitCode.OK;
        } catch (NotRefreshedException | WrongSettingException ex) {
            spec.commandLine().getErr().println(ex.getMessage() + ".");
            return ExitCode.SOFTWARE;
        }
    }
}
