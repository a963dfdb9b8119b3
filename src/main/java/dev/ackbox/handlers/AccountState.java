package dev.ackbox.handlers;

/** Keeps the current state of accounts, their phone numbers and templates. May be called from any thread. */
public interface AccountState {

    /**
     * Keeps a fact, unless a newer one of the same subject and aspect is kept. Waits until it is durable.
     *
     * @throws RuntimeException where it could not be kept; the change is then tried again
     */
    void keep(Fact fact);
}
