package dev.ackbox.graph;

import dev.ackbox.graph.GraphTransport.Answer;
import dev.ackbox.graph.GraphTransport.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Calls Meta's Graph API. A call is made again only where Meta says that its failure is transient, a POST only where
 * Meta has also not done it. Safe for use by several threads.
 *
 * <p>Each method throws {@link GraphException}, with the kinds {@link PermissionMissingException} and
 * {@link ConversationClosedException}.
 */
public final class GraphApi {

    private static final Logger log = LoggerFactory.getLogger(GraphApi.class);

    /** A list that goes on for longer is going round in a circle. */
    private static final int MOST_PAGES = 1_000;

    private final GraphTransport transport;
    private final int maxAttempts;
    private final Duration retryDelay;

    public GraphApi(GraphTransport transport, GraphProperties properties) {
        this.transport = transport;
        this.maxAttempts = properties.maxAttempts();
        this.retryDelay = properties.retryDelay();
    }

    /** Over HTTP, with a token. */
    public static GraphApi over(GraphProperties properties, AccessToken token) {
        return new GraphApi(new HttpTransport(properties, token), properties);
    }

    public JsonNode get(String path, Map<String, String> parameters) {
        return call(new Call("GET", path, parameters, null));
    }

    /**
     * Posts.
     *
     * @param body absent for none
     */
    public JsonNode post(String path, @Nullable JsonNode body) {
        return call(new Call("POST", path, Map.of(), body));
    }

    public JsonNode delete(String path) {
        return call(new Call("DELETE", path, Map.of(), null));
    }

    /** The elements of all pages of a list. */
    public List<JsonNode> list(String path, Map<String, String> parameters) {
        List<JsonNode> elements = new ArrayList<>();
        Map<String, String> next = new HashMap<>(parameters);
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode answer = get(path, next);
            answer.path("data").forEach(elements::add);
            // Not by the address of the next page, which has the token in it.
            String after = answer.at("/paging/cursors/after").asString("");
            if (after.isEmpty() || answer.at("/paging/next").isMissingNode() || after.equals(next.get("after"))) {
                break;
            }
            next.put("after", after);
        }
        return elements;
    }

    private JsonNode call(Call call) {
        for (int attempt = 1; ; attempt++) {
            Answer answer = transport.call(call);
            JsonNode error = answer.body().path("error");
            if (answer.status() == 200 && error.isMissingNode()) {
                return answer.body();
            }
            if (!error.isObject()) {
                throw GraphException.notUnderstood(answer.status(), "has no error in it");
            }
            GraphError read = GraphError.of(answer.status(), error);
            if (!read.mayBeRepeated(call.method()) || attempt >= maxAttempts) {
                throw read.exception();
            }
            log.debug("{}; trying again", read.description());
            pauseAfter(attempt, read);
        }
    }

    /** Half of the delay is left to chance, so that those who failed together do not come back together. */
    private void pauseAfter(int attempt, GraphError error) {
        long delay = retryDelay.toNanos() << (attempt - 1);
        try {
            TimeUnit.NANOSECONDS.sleep(delay / 2 + ThreadLocalRandom.current().nextLong(delay / 2 + 1));
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw error.exception();
        }
    }
}
