package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.engine.LaneProgress.Range;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Progress in lanes as bytes: a version, then for each lane its code, its position, the number of its ranges, and for each range the
 * distance from what is before it and its length. All numbers have seven bits a byte, the lowest first.
 */
public final class ProgressFormat {

    private static final int VERSION = 1;

    private ProgressFormat() {}

    /** Writes. */
    public static byte[] toBytes(Map<Lane, LaneProgress> lanes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        bytes.write(VERSION);
        lanes.forEach((lane, progress) -> {
            write(bytes, lane.code());
            write(bytes, progress.position());
            write(bytes, progress.completed().size());
            long before = progress.position();
            for (Range range : progress.completed()) {
                write(bytes, range.first() - before);
                write(bytes, range.last() - range.first());
                before = range.last();
            }
        });
        return bytes.toByteArray();
    }

    /**
     * Reads back what {@link #toBytes} wrote.
     *
     * @throws IllegalArgumentException where it is something else
     */
    public static Map<Lane, LaneProgress> fromBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int version = buffer.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("Progress of version " + version + " is not known");
        }
        Map<Lane, LaneProgress> lanes = new EnumMap<>(Lane.class);
        while (buffer.hasRemaining()) {
            Lane lane = Lane.ofCode((int) read(buffer));
            long position = read(buffer);
            List<Range> ranges = new ArrayList<>();
            long before = position;
            for (long remaining = read(buffer); remaining > 0; remaining--) {
                long first = before + read(buffer);
                before = first + read(buffer);
                ranges.add(new Range(first, before));
            }
            lanes.put(lane, new LaneProgress(position, ranges));
        }
        return lanes;
    }

    private static void write(ByteArrayOutputStream bytes, long number) {
        long rest = number;
        while (rest >= 0x80) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    private static long read(ByteBuffer buffer) {
        long number = 0;
        int shift = 0;
        byte next = buffer.get();
        while (next < 0) {
            number |= (next & 0x7FL) << shift;
            shift += 7;
            next = buffer.get();
        }
        return number | ((long) next << shift);
    }
}
