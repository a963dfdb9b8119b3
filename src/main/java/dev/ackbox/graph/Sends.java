package dev.ackbox.graph;

import dev.ackbox.graph.GraphProperties.AfterUnknownSend;
import dev.ackbox.handler.PermanentFailureException;
import dev.ackbox.handler.Received;
import dev.ackbox.inbox.RecordNotes;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notes what is sent for a record, so that a retry does not send it again:
 *
 * <ol>
 *   <li>before a message is sent, that it is;
 *   <li>once Meta has answered, the id of the message, or that it was not sent.
 * </ol>
 *
 * Where the first note has no second one, nobody knows whether the message was sent: the time was over, or the process ended. It stays
 * that way, however often the record comes again, until an operator puts the record back. So the first note says when that was done last.
 */
final class Sends {

    private static final String PREFIX = "sent/";
    private static final String BEGUN = "?";
    private static final String NOT_SENT = "-";

    private final RecordNotes notes;
    private final AfterUnknownSend afterUnknownSend;

    /** How many messages were sent so far, by what the handler was given: each attempt is given its own, and none equals another. */
    private final Map<Received, AtomicInteger> positions = Collections.synchronizedMap(new WeakHashMap<>());

    Sends(RecordNotes notes, AfterUnknownSend afterUnknownSend) {
        this.notes = notes;
        this.afterUnknownSend = afterUnknownSend;
    }

    /**
     * Sends unless that is noted already.
     *
     * @param send returns the id of the message
     */
    String once(Received received, Supplier<String> send) {
        int position = positions
                .computeIfAbsent(received, first -> new AtomicInteger())
                .incrementAndGet();
        String name = PREFIX + received.handler() + "/" + position;
        String note = get(received, name, NOT_SENT);
        String begun = BEGUN + get(received, RecordNotes.REQUEUED, "");
        if (note.equals(begun)) {
            failUnlessResent(position, null);
        } else if (!note.startsWith(BEGUN) && !note.equals(NOT_SENT)) {
            return note;
        }
        put(received, name, begun);
        String id;
        try {
            id = send.get();
        } catch (GraphException ex) {
            // An interruption is what makes the time be over for a handler that takes too long.
            boolean interrupted = Thread.interrupted();
            try {
                if (ex.isOutcomeUnknown()) {
                    failUnlessResent(position, ex);
                }
                put(received, name, NOT_SENT);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            throw ex;
        }
        put(received, name, id);
        return id;
    }

    /** The note stays: the record may come again without an operator, since the process may end before the dead letter is stored. */
    private void failUnlessResent(int position, @Nullable GraphException cause) {
        if (afterUnknownSend == AfterUnknownSend.FAIL) {
            String message = "nobody knows whether Meta has sent message " + position
                    + " of this handler; put the record back to send it (again). See ackbox.graph.after-unknown-send";
            throw cause == null
                    ? new PermanentFailureException(message)
                    : new PermanentFailureException(message, cause);
        }
    }

    private String get(Received received, String name, String orElse) {
        return notes.get(received.recordId(), name)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .orElse(orElse);
    }

    private void put(Received received, String name, String value) {
        notes.put(received.recordId(), name, value.getBytes(StandardCharsets.UTF_8));
    }
}
