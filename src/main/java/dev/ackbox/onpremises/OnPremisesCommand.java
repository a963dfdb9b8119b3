package dev.ackbox.onpremises;

import picocli.CommandLine.Command;

/** What belongs to an On-Premises API. */
@Command(
        name = "on-premises",
        description =
                "For gateways and archives that speak the On-Premises API. Meta's own is gone since October 2025.",
        synopsisSubcommandLabel = "<command>",
        subcommands = SettingsCommand.class)
public final class OnPremisesCommand {}
