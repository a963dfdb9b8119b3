package dev.ackbox.command;

import picocli.CommandLine.Option;

/** The option not to change anything. */
public final class DryRun {

    @Option(names = "--dry-run", description = "Says what would be changed, and changes nothing.")
    private boolean isOn;

    public boolean isOn() {
        return isOn;
    }
}
