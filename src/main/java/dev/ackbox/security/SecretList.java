package dev.ackbox.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Secrets that hold at the same time, the current one first, so that one can be replaced by another without a gap. They may
 * be exchanged while in use. Safe for use by several threads.
 *
 * @param <S> what is made of each secret
 */
public final class SecretList<S> {

    /** Secrets that no longer hold and are remembered, to tell what a refused request was signed with. */
    private static final int MOST_RETIRED = 4;

    private final Function<String, S> make;
    private volatile List<Named<S>> secrets = List.of();
    private volatile List<S> retired = List.of();

    private record Named<S>(String id, String text, S secret) {}

    /**
     * Creates a list.
     *
     * @param texts the secrets, the current one first
     */
    public SecretList(Function<String, S> make, List<String> texts) {
        this.make = make;
        replace(texts);
    }

    /**
     * Puts other secrets in place of all, at once. Those that are gone no longer hold.
     *
     * @return whether they are others than before
     */
    public synchronized boolean replace(List<String> texts) {
        if (texts.equals(secrets.stream().map(Named::text).toList())) {
            return false;
        }
        List<S> gone = new ArrayList<>();
        for (Named<S> former : secrets) {
            if (!texts.contains(former.text())) {
                gone.add(former.secret());
            }
        }
        gone.addAll(retired);
        retired = List.copyOf(gone.subList(0, Math.min(MOST_RETIRED, gone.size())));
        List<Named<S>> named = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            named.add(new Named<>(idOf(i), texts.get(i), make.apply(texts.get(i))));
        }
        secrets = List.copyOf(named);
        return true;
    }

    private static String idOf(int index) {
        return switch (index) {
            case 0 -> "current";
            case 1 -> "previous";
            default -> "previous-" + index;
        };
    }

    /** The id of the first secret that matches. The time tells which of them it was, which is no secret. */
    public Optional<String> idOf(Predicate<S> matches) {
        for (Named<S> named : secrets) {
            if (matches.test(named.secret())) {
                return Optional.of(named.id());
            }
        }
        return Optional.empty();
    }

    /** Whether one of the secrets that held before matches. */
    boolean wasOneOf(Predicate<S> matches) {
        return retired.stream().anyMatch(matches);
    }

    public boolean isEmpty() {
        return secrets.isEmpty();
    }

    /** Never a secret. */
    @Override
    public String toString() {
        return "SecretList[" + secrets.size() + "]";
    }
}
