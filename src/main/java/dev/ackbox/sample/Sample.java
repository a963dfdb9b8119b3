package dev.ackbox.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message, a status or a change as Meta would send it, ready to be adapted; {@link Samples} makes them. Each method returns
 * another sample and leaves this one as it is, so samples may be shared.
 *
 * <p>Where no id is set, a message, a status or a call gets a new one each time it is sent. Where no time is set, it gets that of
 * sending. What has no id of its own, such as a template's status, is told apart by its second: each gets one of its own.
 */
public final class Sample {

    private static final JsonMapper JSON = new JsonMapper();

    private final SampleKind kind;
    private final @Nullable SampleUser user;
    private final @Nullable Instant time;
    private final boolean hasId;
    private final List<Consumer<ObjectNode>> edits;

    Sample(SampleKind kind) {
        this(kind, null, null, false, List.of());
    }

    private Sample(
            SampleKind kind,
            @Nullable SampleUser user,
            @Nullable Instant time,
            boolean hasId,
            List<Consumer<ObjectNode>> edits) {
        this.kind = kind;
        this.user = user;
        this.time = time;
        this.hasId = hasId;
        this.edits = edits;
    }

    /** What it is a sample of. */
    public SampleKind kind() {
        return kind;
    }

    /**
     * Sets the user that it comes from, or who is its subject.
     *
     * @throws IllegalArgumentException where it goes to a user, as a status does, or has nothing to do with one
     */
    public Sample from(SampleUser user) {
        require(kind.hasUser() && !kind.goesToUser(), "'%s' comes from no user");
        return new Sample(kind, user, time, hasId, edits);
    }

    /**
     * Sets the user that it goes to.
     *
     * @throws IllegalArgumentException where it is neither a status nor an echo
     */
    public Sample to(SampleUser user) {
        require(kind.goesToUser(), "'%s' goes to no user");
        return new Sample(kind, user, time, hasId, edits);
    }

    /**
     * Sets the id: a message's or call's own. Two samples with one id are one message, and the second is a duplicate.
     *
     * @throws IllegalArgumentException where it has no id; or is a status, which has the id {@link #of} a message
     */
    public Sample withId(String id) {
        require(!kind.isStatus(), "'%s' has the id of a message: use of(...)");
        return id(id);
    }

    /**
     * Sets the message that a status is about.
     *
     * @param messageId as the Graph API returned it when the message was sent, such as {@code wamid.HBg...}
     * @throws IllegalArgumentException where it is no status
     */
    public Sample of(String messageId) {
        require(kind.isStatus(), "'%s' is not the status of a message");
        return id(messageId);
    }

    private Sample id(String id) {
        JsonPointer pointer = kind.layout().id();
        if (pointer == null) {
            throw new IllegalArgumentException("'" + kind + "' has no id");
        }
        return edit(true, item -> set(item, pointer, id));
    }

    /** Sets the time at which it happened; it is sent in whole seconds. */
    public Sample at(Instant time) {
        return new Sample(kind, user, time, hasId, edits);
    }

    /**
     * Puts a message, or the status of one, into a group.
     *
     * @param groupId as the Groups API names it
     * @throws IllegalArgumentException where it is neither
     */
    public Sample inGroup(String groupId) {
        require(kind.isMessage() || kind.isStatus(), "'%s' is neither a message nor a status");
        return edit(
                hasId, kind.isStatus() ? item -> addressGroup(item, groupId) : item -> item.put("group_id", groupId));
    }

    private static void addressGroup(ObjectNode status, String groupId) {
        JsonNode number = status.remove("recipient_id");
        JsonNode userId = status.remove("recipient_user_id");
        status.put("recipient_id", groupId).put("recipient_type", "group");
        if (number != null) {
            status.set("recipient_participant_id", number);
        }
        if (userId != null) {
            status.set("recipient_participant_user_id", userId);
        }
    }

    /**
     * Makes a message a reply.
     *
     * @param messageId the message that the user replies to
     * @throws IllegalArgumentException where it is no message
     */
    public Sample repliesTo(String messageId) {
        require(kind.isMessage(), "'%s' is not a message");
        return edit(hasId, item -> item.putObject("context").put("id", messageId));
    }

    /**
     * Sets any property.
     *
     * @param pointer a JSON pointer from the message, status or other element, such as {@code /text/body}; or from the value,
     *     where that has no elements, such as {@code /message_template_name}. Objects that are not there are made.
     * @param value what Jackson can write; null for a JSON null
     */
    public Sample with(String pointer, @Nullable Object value) {
        JsonPointer property = property(pointer);
        return edit(property, item -> set(item, property, value));
    }

    /** Leaves any property out; see {@link #with}. */
    public Sample without(String pointer) {
        JsonPointer property = property(pointer);
        return edit(property, item -> {
            if (item.at(property.head()) instanceof ObjectNode parent) {
                parent.remove(property.last().getMatchingProperty());
            }
        });
    }

    private static JsonPointer property(String pointer) {
        JsonPointer compiled = JsonPointer.compile(pointer);
        if (compiled.matches()) {
            throw new IllegalArgumentException("'pointer' must name a property");
        }
        return compiled;
    }

    private static void set(ObjectNode item, JsonPointer property, @Nullable Object value) {
        JsonNode json = JSON.valueToTree(value);
        if (item.at(property.head()) instanceof ArrayNode array) {
            array.set(property.last().getMatchingIndex(), json);
        } else {
            item.withObject(property.head()).set(property.last().getMatchingProperty(), json);
        }
    }

    private Sample edit(JsonPointer property, Consumer<ObjectNode> edit) {
        return edit(hasId || property.equals(kind.layout().id()), edit);
    }

    private Sample edit(boolean setsId, Consumer<ObjectNode> edit) {
        List<Consumer<ObjectNode>> all = new ArrayList<>(edits);
        all.add(edit);
        return new Sample(kind, user, time, setsId, List.copyOf(all));
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(kind));
        }
    }

    /**
     * The change that it comes to.
     *
     * @param ids make what is not set
     * @param everyId whether an id that stands for something else, such as a template's, is made as well
     * @param now in place of a time that is not set
     */
    Rendered render(FreshIds ids, boolean everyId, Instant now) {
        ObjectNode change = kind.change();
        if (user != null) {
            new UserSwap(SampleUser.ROBIN, user).in(change);
        }
        ObjectNode item = kind.layout().itemOf(change);
        JsonPointer pointer = kind.layout().id();
        boolean makesId = false;
        if (!hasId && pointer != null) {
            JsonNode id = item.at(pointer);
            makesId = everyId || FreshIds.isOfMessageOrCall(id);
            if (makesId) {
                set(item, pointer, ids.like(id));
            }
        }
        Instant second = time;
        if (second == null) {
            second = hasId || makesId ? now : ids.second(now);
        }
        setTime(item, second);
        edits.forEach(edit -> edit.accept(item));
        return new Rendered(kind, change, second);
    }

    private void setTime(ObjectNode item, Instant second) {
        JsonPointer pointer = kind.layout().time();
        if (pointer != null && !item.at(pointer).isMissingNode()) {
            boolean isText = item.at(pointer).isString();
            set(item, pointer, isText ? Long.toString(second.getEpochSecond()) : second.getEpochSecond());
        }
    }

    /** A sample as a change. */
    record Rendered(SampleKind kind, ObjectNode change, Instant time) {}

    /** Its kind alone: what a test puts into it may be personal. */
    @Override
    public String toString() {
        return "Sample[" + kind + "]";
    }
}
