package dev.ackbox.process;

import dev.ackbox.process.DatabaseProcess.Stop;
import dev.ackbox.process.Incident.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Brings incidents over replicas and their database, at random, one or two at a time. */
final class Fire {

    private final List<Replica> replicas;
    private final DatabaseProcess database;
    private final Random random;
    private final Duration shortestFreeze;
    private final Duration longestFreeze;
    private final List<Incident> incidents = new ArrayList<>();

    Fire(
            List<Replica> replicas,
            DatabaseProcess database,
            Random random,
            Duration shortestFreeze,
            Duration longestFreeze) {
        this.replicas = replicas;
        this.database = database;
        this.random = random;
        this.shortestFreeze = shortestFreeze;
        this.longestFreeze = longestFreeze;
    }

    /** What has begun and is not over. */
    private final class Burning {

        private final Kind kind;
        private final Replica replica;
        private final Instant from;

        Burning(Kind kind, Replica replica) throws IOException {
            this.kind = kind;
            this.replica = replica;
            this.from = Instant.now();
            switch (kind) {
                case KILL -> replica.kill();
                case STOP -> replica.stop();
                case FREEZE -> replica.freeze();
                case DATABASE_STOP -> database.stop(Stop.FAST);
                case DATABASE_CRASH -> database.stop(Stop.IMMEDIATE);
            }
            if (kind == Kind.KILL) {
                incidents.add(new Incident(kind, replica.number(), from, Instant.now()));
            }
        }

        void extinguish() {
            switch (kind) {
                case KILL, STOP -> replica.start();
                case FREEZE -> replica.thaw();
                case DATABASE_STOP, DATABASE_CRASH -> database.start();
            }
            if (kind != Kind.KILL) {
                Integer number = kind.isOfDatabase() ? null : replica.number();
                incidents.add(new Incident(kind, number, from, Instant.now()));
            }
        }
    }

    /** One incident of a kind and perhaps, at the same time, another one at another place. */
    void burn(Kind kind) throws IOException, InterruptedException {
        int victim = random.nextInt(replicas.size());
        List<Burning> burning = new ArrayList<>();
        burning.add(new Burning(kind, replicas.get(victim)));
        if (random.nextBoolean()) {
            pause(random.nextInt(1_000));
            Kind other = Kind.values()[random.nextInt(Kind.values().length)];
            int next = (victim + 1 + random.nextInt(replicas.size() - 1)) % replicas.size();
            if (!(kind.isOfDatabase() && other.isOfDatabase())) {
                burning.add(new Burning(other, replicas.get(next)));
            }
        }
        boolean isFrozen = burning.stream().anyMatch(next -> next.kind == Kind.FREEZE);
        pause(isFrozen ? freezeMillis() : random.nextInt(3_000));
        burning.forEach(Burning::extinguish);
        for (Replica replica : replicas) {
            replica.startIfEnded();
        }
    }

    private int freezeMillis() {
        return random.nextInt((int) shortestFreeze.toMillis(), (int) longestFreeze.toMillis() + 1);
    }

    private static void pause(int millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    /** Those that are over. */
    List<Incident> incidents() {
        return incidents;
    }
}
