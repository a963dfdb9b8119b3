package dev.ackbox.inbox.engine;

/** A store cannot do what it was asked for. The message is the engine's own. */
public final class StoreException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean uncertain;

    private StoreException(Throwable cause, boolean uncertain) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        this.uncertain = uncertain;
    }

    /** Nothing was written. */
    public static StoreException of(Throwable cause) {
        return new StoreException(cause, false);
    }

    /** It cannot be told whether the batch is durable. */
    public static StoreException uncertain(Throwable cause) {
        return new StoreException(cause, true);
    }

    /** Whether the batch may be durable; the same batch, written again, tells. */
    public boolean isUncertain() {
        return uncertain;
    }
}
