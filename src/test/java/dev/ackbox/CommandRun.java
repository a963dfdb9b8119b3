package dev.ackbox;

import dev.ackbox.command.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine;

/**
 * What a run of a command came to.
 *
 * @param out what it printed
 * @param err what it complained of
 */
public record CommandRun(int exitCode, String out, String err) {

    public static CommandRun of(Object command, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setParameterExceptionHandler((ex, wrong) -> {
                    ex.getCommandLine().getErr().println(ex.getMessage());
                    return 2;
                })
                .execute(args);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /** Settings that have nothing of this machine's environment. */
    public static Settings settings(Map<String, Object> settings) {
        return Settings.of(new StandardEnvironment() {
            @Override
            protected void customizePropertySources(MutablePropertySources sources) {
                sources.addFirst(new MapPropertySource("test", settings));
            }
        });
    }
}
