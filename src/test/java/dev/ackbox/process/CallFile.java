package dev.ackbox.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The calls of a handler in one process, a line when one begins and a line when it ends. A line that is written outlives the process: the
 * kernel has it. Processes of one machine agree about the time.
 */
final class CallFile {

    private final FileChannel file;
    private final AtomicLong lastCall = new AtomicLong();

    CallFile(Path file) throws IOException {
        this.file = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Returns the number of the call. */
    long begin(long recordId, int attempt, boolean isOwned) throws IOException {
        long call = lastCall.incrementAndGet();
        write("begin " + call + " " + now() + " " + isOwned + " " + recordId + " " + attempt + "\n");
        return call;
    }

    void end(long call, boolean isOwned, boolean isDone) throws IOException {
        write("end " + call + " " + now() + " " + isOwned + " " + isDone + "\n");
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private synchronized void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    /**
     * Reads the calls of a process that has ended.
     *
     * @param replica whose process it was
     * @param ended when it ended, and so the calls that it had not finished
     */
    static List<Call> read(Path file, int replica, Instant ended) throws IOException {
        Map<Long, Call> calls = new HashMap<>();
        String text = Files.exists(file) ? Files.readString(file, StandardCharsets.US_ASCII) : "";
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        whole.lines().map(line -> line.split(" ")).forEach(word -> {
            long number = Long.parseLong(word[1]);
            Instant time = Instant.EPOCH.plus(Long.parseLong(word[2]), ChronoUnit.MICROS);
            boolean isOwned = Boolean.parseBoolean(word[3]);
            if (word[0].equals("begin")) {
                Call call = new Call(
                        replica,
                        Long.parseLong(word[4]),
                        Integer.parseInt(word[5]),
                        time,
                        isOwned,
                        ended,
                        false,
                        false);
                calls.put(number, call);
            } else {
                calls.computeIfPresent(
                        number, (same, call) -> call.ended(time, isOwned, Boolean.parseBoolean(word[4])));
            }
        });
        return List.copyOf(calls.values());
    }
}
