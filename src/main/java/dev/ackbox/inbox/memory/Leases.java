package dev.ackbox.inbox.memory;

import dev.ackbox.inbox.engine.Holding;
import dev.ackbox.inbox.engine.Share;
import dev.ackbox.inbox.engine.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which share. A process that has not renewed for {@link Store#LEASE_LENGTH} may lose its shares to others, and those that are
 * alive have about the same number each. Guarded by the database's lock.
 */
final class Leases {

    private final List<Lease> leases = new ArrayList<>();
    private final Map<String, Instant> alive = new HashMap<>();

    private static final class Lease {

        private @Nullable String owner;
        private long epoch;
    }

    Leases(int shares) {
        for (int i = 0; i < shares; i++) {
            leases.add(new Lease());
        }
    }

    /** Renews what an owner has, and takes over what is free up to its part. */
    Holding hold(String owner, Instant now) {
        alive.values().removeIf(renewed -> !now.isBefore(renewed.plus(Store.LEASE_LENGTH)));
        alive.put(owner, now);
        int part = (leases.size() + alive.size() - 1) / alive.size();
        Set<Share> held = new HashSet<>();
        for (int number = 0; number < leases.size(); number++) {
            Lease lease = leases.get(number);
            if (owner.equals(lease.owner)) {
                held.add(new Share(number, lease.epoch));
            }
        }
        for (int number = 0; number < leases.size() && held.size() < part; number++) {
            Lease lease = leases.get(number);
            if (lease.owner == null || !alive.containsKey(lease.owner)) {
                lease.owner = owner;
                lease.epoch++;
                held.add(new Share(number, lease.epoch));
            }
        }
        return new Holding(held, part);
    }

    void release(String owner, Share share) {
        if (isOwner(owner, share)) {
            leases.get(share.number()).owner = null;
        }
    }

    boolean isOwner(String owner, Share share) {
        Lease lease = leases.get(share.number());
        return owner.equals(lease.owner) && lease.epoch == share.epoch();
    }

    /** A process has ended. */
    void release(String owner) {
        alive.remove(owner);
        for (Lease lease : leases) {
            if (owner.equals(lease.owner)) {
                lease.owner = null;
            }
        }
    }
}
