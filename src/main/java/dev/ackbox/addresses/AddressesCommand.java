package dev.ackbox.addresses;

import dev.ackbox.addresses.AddressFile.NotRefreshedException;
import dev.ackbox.command.Settings;
import dev.ackbox.command.Settings.WrongSettingException;
import dev.ackbox.command.TerminalCommand;
import dev.ackbox.command.WebUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The file with Meta's addresses. */
@Command(
        name = "addresses",
        description =
                "The file with Meta's addresses, for ackbox.endpoints.*.addresses.file. Meta advises to check its client certificate"
                        + " instead, since addresses change.",
        synopsisSubcommandLabel = "<command>",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:refreshed", "1:not refreshed; the file stays as it is", "2:wrong usage"})
public final class AddressesCommand extends TerminalCommand {

    private final Supplier<Settings> settings;

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
                throw usage("--file is needed, since ackbox.addresses.file is not set");
            }
            if (url != null && !WebUrl.isSafe(url)) {
                throw usage("--url must be a whole https URL");
            }
            AddressFile addresses = new AddressFile(target, url == null ? properties.url() : url, Clock.systemUTC());
            return done(target + " has " + addresses.refresh() + " ranges");
        } catch (NotRefreshedException | WrongSettingException ex) {
            return fail(String.valueOf(ex.getMessage()));
        }
    }
}
