package dev.ackbox.simulate;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Composes notifications from samples: each of one type, with as many updates as asked for, all new. For one thread. */
final class Composer {

    /** As the platform writes: ASCII, with lower-case escapes (documented). */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII, JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build();

    private static final JsonPointer ENTRY = JsonPointer.compile("/entry/0");
    private static final JsonPointer CONTACTS = JsonPointer.compile("/entry/0/changes/0/value/contacts");

    private final Rotation<Rotation<Sample>> types;
    private final Rotation<User> users;
    private final int batch;
    private final FreshIds ids = new FreshIds();

    /**
     * @param types the samples of each type; types take turns by notification, samples of a type by update
     * @param users who take turns by update
     * @param batch number of updates in a notification
     */
    Composer(List<List<Sample>> types, List<User> users, int batch) {
        this.types = new Rotation<>(types.stream().map(Rotation::new).toList());
        this.users = new Rotation<>(users);
        this.batch = batch;
    }

    /** The bytes of a notification about what happened at a time. */
    byte[] compose(Instant time) {
        Rotation<Sample> samples = types.next();
        Sample sample = samples.next();
        ObjectNode notification = sample.notification();
        ArrayNode updates = (ArrayNode) notification.at(sample.layout().updates());
        updates.removeAll();
        Set<User> seen = new LinkedHashSet<>();
        for (int i = 0; i < batch; i++) {
            ObjectNode update = (i == 0 ? sample : samples.next()).update();
            User user = users.next();
            sample.layout().renew(update, user, time, ids);
            updates.add(update);
            seen.add(user);
        }
        introduce(seen, notification);
        setTime(time, notification);
        return JSON.writeValueAsBytes(notification);
    }

    /** One contact for each user, where the sample has any. */
    private static void introduce(Set<User> users, ObjectNode notification) {
        if (!(notification.at(CONTACTS) instanceof ArrayNode contacts)) {
            return;
        }
        ObjectNode sample = (ObjectNode) contacts.remove(0);
        for (User user : users) {
            contacts.add(sample.deepCopy().put("wa_id", user.number()).put("user_id", user.userId()));
        }
    }

    /** Entries of conversations have no time. */
    private static void setTime(Instant time, ObjectNode notification) {
        ObjectNode entry = (ObjectNode) notification.at(ENTRY);
        if (entry.has("time")) {
            entry.put("time", time.getEpochSecond());
        }
    }
}
