package dev.ackbox.http;

import dev.ackbox.http.tomcat.Allowance;
import dev.ackbox.security.SenderNetwork;
import java.util.HashMap;
import java.util.Map;

/** How much of something is in use, by all networks and by each, within an allowance. Safe for use by several threads. */
final class Budget {

    private final Allowance allowance;
    private final Map<SenderNetwork, Long> byNetwork = new HashMap<>();
    private long used;

    Budget(Allowance allowance) {
        this.allowance = allowance;
    }

    /** Takes so much, or returns false and takes nothing where that would be too much. */
    synchronized boolean take(SenderNetwork network, long amount) {
        long own = byNetwork.getOrDefault(network, 0L);
        if (!allowance.admits(used, own, amount)) {
            return false;
        }
        used += amount;
        byNetwork.put(network, own + amount);
        return true;
    }

    /** Gives so much back of what was taken. */
    synchronized void giveBack(SenderNetwork network, long amount) {
        used -= amount;
        byNetwork.computeIfPresent(network, (any, own) -> own == amount ? null : own - amount);
    }
}
