package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.form.ContentType;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A flow or an address form was filled in.
 *
 * @param name what was filled in; always
 * @param body {@code Sent}, or the address in lines
 * @param responseJson what was filled in: a text, mostly with JSON in it, under the user's influence; may
 *     be empty or anything else (observed)
 */
@ContentType("nfm_reply")
public record FlowReply(
        @Nullable OpenEnum<Name> name,
        @Nullable String body,
        @Nullable String responseJson) implements Reply {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * What was filled in, by the names of the flow's fields. A new tree each time; a missing node where the text is no
     * JSON.
     */
    public JsonNode values() {
        try {
            return responseJson == null ? MissingNode.getInstance() : JSON.readTree(responseJson);
        } catch (JacksonException ex) {
            return MissingNode.getInstance();
        }
    }

    /**
     * What was filled in, as an object of a class of yours. Names of the flow that the class does not have are left out.
     *
     * @throws IllegalArgumentException where it does not fit the class; says nothing of what the user wrote
     */
    public <T> T as(Class<T> type) {
        try {
            T object = JSON.treeToValue(values(), type);
            if (object != null) {
                return object;
            }
        } catch (JacksonException ex) {
            // Its message may hold what the user wrote.
        }
        throw new IllegalArgumentException("The reply does not fit " + type.getName());
    }

    /** The token that the business gave the flow when sending it; absent in replies of address forms. */
    public @Nullable String flowToken() {
        JsonNode token = values().path("flow_token");
        return token.isString() ? token.asString() : null;
    }

    /** What may be filled in (the last one in older captures, observed). */
    public enum Name implements OpenEnum<Name> {
        FLOW,
        ADDRESS_MESSAGE,
        GALAXY_MESSAGE
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
