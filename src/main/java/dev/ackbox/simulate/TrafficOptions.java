package dev.ackbox.simulate;

import static dev.ackbox.command.TerminalCommand.require;

import dev.ackbox.sample.Sample;
import dev.ackbox.sample.SampleKind;
import dev.ackbox.sample.SampleUser;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What is sent. */
final class TrafficOptions {

    /** Most updates that Meta puts into one notification. */
    private static final int MAX_BATCH = 1_000;

    /** Longest text that a user can send. */
    private static final int MAX_TEXT = 4_096;

    private static final int WARM_UP = 2_000;

    private static final Pattern NUMBER = Pattern.compile("\\+?([1-9][0-9]{4,14})");

    /** They describe samples, and a file is none. */
    private static final List<String> NOT_WITH_FILE =
            List.of("--type", "--text", "--from", "--without-number", "--group", "--of", "--batch", "--text-length");

    @Option(
            names = "--type",
            split = ",",
            paramLabel = "<type>",
            defaultValue = "text",
            converter = SampleTypeConverter.class,
            description = "What to send: a type of --list; the beginning of several, such as status or template; or a"
                    + " field, such as messages. Several, comma-separated or repeated, take turns. Default: text.")
    private List<SampleType> types = List.of();

    @Option(names = "--text", paramLabel = "<text>", description = "Text of messages of type text.")
    private @Nullable String text;

    @Option(
            names = "--from",
            paramLabel = "<number>",
            description = "Phone number of the user who writes, or is written to. Default: 1000 users who take turns.")
    private @Nullable String from;

    @Option(
            names = "--without-number",
            description = "Leave the phone number of users out, as Meta does for users with a username.")
    private boolean withoutNumber;

    @Option(
            names = "--group",
            paramLabel = "<id>",
            description = "Send the messages and statuses as those of a group with this id.")
    private @Nullable String group;

    @Option(
            names = "--of",
            paramLabel = "<wamid>",
            description = "Id of the message that statuses are about, as in: --type status-read --of wamid.HBgL... ."
                    + " Default: a new id for each status.")
    private @Nullable String of;

    @Option(
            names = "--file",
            paramLabel = "<file>",
            description = "Send the body in this JSON file, byte for byte, instead of samples.")
    private @Nullable Path file;

    @Option(
            names = "--fresh-ids",
            description =
                    "With --file: give messages and calls new ids and move all times to the present, so that Ackbox"
                            + " does not take the body for a duplicate.")
    private boolean freshIds;

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

    @Option(
            names = "--reorder",
            paramLabel = "<percent>",
            defaultValue = "0",
            description = "How many of the notifications are overtaken by the one behind them. Default: 0.")
    private int reorder;

    @Option(
            names = "--text-length",
            paramLabel = "<n>",
            description =
                    "Characters in each text, up to 4096. With --batch 680 it makes notifications of nearly 3 MB, Meta's largest.")
    private @Nullable Integer textLength;

    long count() {
        return count;
    }

    /** What is sent to warm up: of the same kind, some 2,000 messages. */
    Traffic warmUp(CommandSpec spec) {
        return new Traffic(bodies(spec), Math.max(20, WARM_UP / batch), 0, 0);
    }

    /**
     * The traffic that is asked for.
     *
     * @throws ParameterException where the options do not go together, or the file cannot be used
     */
    Traffic traffic(CommandSpec spec) {
        require(count >= 1, spec, "--count must be at least 1, but was " + count);
        require(batch >= 1 && batch <= MAX_BATCH, spec, "--batch must be between 1 and 1000, but was " + batch);
        require(
                duplicates >= 0 && duplicates <= 100,
                spec,
                "--duplicates must be from 0 to 100, but was " + duplicates);
        require(reorder >= 0 && reorder <= 100, spec, "--reorder must be from 0 to 100, but was " + reorder);
        return new Traffic(bodies(spec), count, duplicates, reorder);
    }

    private BodySource bodies(CommandSpec spec) {
        return file == null ? samples(spec) : body(file, spec);
    }

    private BodySource body(Path file, CommandSpec spec) {
        for (String option : NOT_WITH_FILE) {
            boolean isGiven = spec.commandLine().getParseResult().hasMatchedOption(option);
            require(!isGiven, spec, option + " describes samples and does not go with --file");
        }
        try {
            return BodyFile.read(file, freshIds);
        } catch (BodyFile.UnusableException ex) {
            throw new ParameterException(spec.commandLine(), "--file: " + ex.getMessage());
        }
    }

    private BodySource samples(CommandSpec spec) {
        require(!freshIds, spec, "--fresh-ids goes with --file only: samples have new ids anyway");
        require(
                from == null || NUMBER.matcher(from).matches(),
                spec,
                "--from must be a phone number with its country code: 5 to 15 digits");
        require(group == null || !group.isBlank(), spec, "--group must not be empty");
        require(of == null || !of.isBlank(), spec, "--of must not be empty");
        requireKind(text, TrafficOptions::isText, spec, "--text goes with --type text only");
        require(text == null || textLength == null, spec, "--text-length does not go with --text");
        require(
                textLength == null || (textLength >= 1 && textLength <= MAX_TEXT),
                spec,
                "--text-length must be between 1 and 4096, but was " + textLength);
        requireKind(
                textLength == null ? null : "",
                TrafficOptions::isText,
                spec,
                "--text-length goes with --type text only");
        requireKind(from, SampleKind::hasUser, spec, "--from goes with a type that is about a user only");
        requireKind(
                withoutNumber ? "" : null,
                SampleKind::hasUser,
                spec,
                "--without-number goes with a type that is about a user only");
        requireKind(group, TrafficOptions::mayBeInGroup, spec, "--group goes with messages and statuses only");
        requireKind(of, SampleKind::isStatus, spec, "--of goes with statuses only, such as --type status-read");
        List<List<Sample>> samples = types.stream()
                .map(type -> type.kinds().stream().map(this::adapted).toList())
                .toList();
        return new SampleMix(samples, users(), batch);
    }

    private static boolean isText(SampleKind kind) {
        return kind.name().equals("text");
    }

    private static boolean mayBeInGroup(SampleKind kind) {
        return kind.isMessage() || kind.isStatus();
    }

    private Sample adapted(SampleKind kind) {
        Sample sample = kind.sample();
        if (text != null && isText(kind)) {
            sample = sample.with("/text/body", text);
        }
        if (textLength != null && isText(kind)) {
            sample = sample.with("/text/body", "x".repeat(textLength));
        }
        if (group != null && mayBeInGroup(kind)) {
            sample = sample.inGroup(group);
        }
        if (of != null && kind.isStatus()) {
            sample = sample.of(of);
        }
        return sample;
    }

    private List<SampleUser> users() {
        List<SampleUser> users = from == null ? Users.invented() : List.of(SampleUser.ofNumber(from.replace("+", "")));
        return withoutNumber ? users.stream().map(SampleUser::withoutNumber).toList() : users;
    }

    private void requireKind(
            @Nullable String option, Predicate<SampleKind> condition, CommandSpec spec, String message) {
        boolean holds = types.stream().flatMap(type -> type.kinds().stream()).anyMatch(condition);
        require(option == null || holds, spec, message);
    }
}
