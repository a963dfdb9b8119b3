package dev.ackbox.simulate;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The command after it ran.
 *
 * @param exitCode its exit code
 * @param out what it printed
 * @param err what it printed as errors
 */
record Ran(int exitCode, String out, String err) {

    static Ran simulate(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new SimulateCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new Ran(exitCode, out.toString(), err.toString());
    }

    static Ran simulate(FarSide farSide, String... args) {
        return simulate(Stream.concat(Stream.of("--url", farSide.url(), "--secret", FarSide.SECRET), Stream.of(args))
                .toArray(String[]::new));
    }
}
