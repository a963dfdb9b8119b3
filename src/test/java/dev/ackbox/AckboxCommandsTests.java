package dev.ackbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import picocli.CommandLine.Command;

@ExtendWith(OutputCaptureExtension.class)
class AckboxCommandsTests {

    @Test
    void servesWithoutACommand() {
        assertThat(isCommand()).isFalse();
        assertThat(isCommand("--server.port=8080")).isFalse();
    }

    @Test
    void takesAWordForACommand() {
        assertThat(isCommand("simulate", "--count=2")).isTrue();
        assertThat(isCommand("--help")).isTrue();
    }

    @Test
    void refusesAnUnknownCommand(CapturedOutput output) {
        assertThat(isCommand("simulte")).isTrue();

        assertThat(AckboxCommands.run(new String[] {"simulte"})).isEqualTo(2);
        assertThat(output.getErr()).contains("simulte", "Did you mean", "simulate");
    }

    @Test
    void tellsAnErrorWithoutTheWholeHelp(CapturedOutput output) {
        assertThat(AckboxCommands.run(new String[] {"simulate", "--count=0"})).isEqualTo(2);
        assertThat(output.getErr().lines())
                .containsExactly("--count must be at least 1, but was 0", "--help lists all options.");
    }

    @Test
    void tellsAFailureInOneLine(CapturedOutput output) {
        assertThat(AckboxCommands.run(new Failing(), new String[0])).isEqualTo(1);
        assertThat(output.getErr().lines())
                .containsExactly("The command failed: java.lang.IllegalStateException: a defect of two lines");
    }

    @Command(name = "failing")
    static class Failing implements Runnable {

        @Override
        public void run() {
            throw new IllegalStateException("a defect\n of two lines");
        }
    }

    @Test
    void aUrlThatIsNoneIsWrongUsage(CapturedOutput output) {
        assertThat(AckboxCommands.run(new String[] {"inbox", "stats", "--url=localhost:8081"}))
                .isEqualTo(2);
        assertThat(output.getErr())
                .contains("--url must be http://", "localhost:8081")
                .doesNotContain("\tat ");
    }

    @Test
    void helpNamesTheCommands(CapturedOutput output) {
        assertThat(AckboxCommands.run(new String[] {"--help"})).isZero();
        assertThat(output.getOut()).contains("simulate");
    }

    @Test
    void eachCommandHasHelp(CapturedOutput output) {
        assertThat(AckboxCommands.run(new String[] {"simulate", "--help"})).isZero();
        assertThat(output.getOut()).contains("--duplicates", "Exit codes:");
    }

    private static boolean isCommand(String... args) {
        return AckboxCommands.isCommand(args);
    }
}
