package dev.ackbox.inbox.engine;

/** A store cannot do what it was asked for. The message is the engine's own. */
public final class StoreException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean uncertain;
    private final boolean unreachable;

    private StoreException(Throwable cause, boolean uncertain, boolean unreachable) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        this.uncertain = uncertain;
        this.unreachable = unreachable;
    }

    /** Nothing was written. */
    public static StoreException of(Throwable cause) {
        return new StoreException(cause, false, false);
    }

    /** Nothing was written, and nothing else can be for now: to find that out again would take as long. */
    public static StoreException unreachable(Throwable cause) {
        return new StoreException(cause, false, true);
    }

    /** It cannot be told whether the batch is durable. */
    public static StoreException uncertain(Throwable cause) {
        return new StoreException(cause, true, false);
    }

    /** Whether the batch may be durable; the same batch, written again, tells. */
    public boolean isUncertain() {
        return uncertain;
    }

    /** Whether nothing can be written for now, whatever it is. */
    public boolean isUnreachable() {
        return unreachable;
    }
}
