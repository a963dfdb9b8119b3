package dev.ackbox.simulate;

/** x */
public final class CommandLine {
    private CommandLine() {}

    public static boolean isCommand(String[] args) {
        return false;
    }

    public static int run(String[] args) {
        return 2;
    }
}
