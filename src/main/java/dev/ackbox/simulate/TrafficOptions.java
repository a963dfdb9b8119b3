package dev.ackbox.simulate;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What is sent. */
final class TrafficOptions {

    /** Most updates that the platform puts into one notification (documented). */
    private static final int MAX_BATCH = 1_000;

    private static final Pattern NUMBER = Pattern.compile("\\+?([1-9][0-9]{4,14})");

    @Option(
            names = "--type",
            split = ",",
            paramLabel = "<type>",
            defaultValue = "text",
            converter = SampleTypeConverter.class,
            description = "What to send; several, comma-separated or repeated, take turns. Default: text.")
    private List<SampleType> types = List.of();

    @Option(names = "--text", paramLabel = "<text>", description = "Text of messages of type text.")
    private @Nullable String text;

    @Option(
            names = "--from",
            paramLabel = "<number>",
            description = "The user's number. Default: 1000 users who take turns.")
    private @Nullable String from;

    @Option(
            names = "--count",
            paramLabel = "<n>",
            defaultValue = "1",
            description = "Number of notifications. Default: 1.")
    private long count;

    @Option(
            names = "--batch",
            paramLabel = "<n>",
            defaultValue = "1",
            description = "Messages, statuses or changes in each notification, 1 to 1000. Default: 1.")
    private int batch;

    @Option(
            names = "--duplicates",
            paramLabel = "<percent>",
            defaultValue = "0",
            description = "How many of the notifications go out a second time, with the same bytes. Default: 0.")
    private int duplicates;

    long count() {
        return count;
    }

    void validate(CommandSpec spec) {
        require(count >= 1, spec, "--count must be at least 1, but was " + count);
        require(batch >= 1 && batch <= MAX_BATCH, spec, "--batch must be between 1 and 1000, but was " + batch);
        require(
                duplicates >= 0 && duplicates <= 100,
                spec,
                "--duplicates must be from 0 to 100, but was " + duplicates);
        require(
                from == null || NUMBER.matcher(from).matches(),
                spec,
                "--from must be a number with its country code: 5 to 15 digits");
        require(
                text == null || samples().flatMap(List::stream).anyMatch(Sample::isText),
                spec,
                "--text goes with --type text only");
    }

    private static void require(boolean holds, CommandSpec spec, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    Traffic traffic() {
        return new Traffic(new Composer(samples().toList(), users(), batch), count, duplicates);
    }

    private Stream<List<Sample>> samples() {
        return types.stream().map(SampleType::samples).map(this::withText);
    }

    private List<Sample> withText(List<Sample> samples) {
        String wanted = text;
        return wanted == null
                ? samples
                : samples.stream().map(sample -> sample.withText(wanted)).toList();
    }

    private List<User> users() {
        return from == null ? User.invented() : List.of(new User(from.replace("+", "")));
    }
}
