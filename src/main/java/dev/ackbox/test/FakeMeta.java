package dev.ackbox.test;

import dev.ackbox.graph.GraphException;
import dev.ackbox.graph.GraphTransport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands for Meta in a test of handlers that use {@code WhatsApp} or {@code Media}: keeps what they send, and has the media that the test
 * gives it. All that Ackbox does around a call is as in production. Safe for use by several threads.
 */
public final class FakeMeta implements GraphTransport {

    private static final String MESSAGES = "/messages";
    private static final String HOST = "https://lookaside.fbsbx.com/";

    private final JsonMapper json = new JsonMapper();
    private final List<SentMessage> sent = new ArrayList<>();
    private final List<String> read = new ArrayList<>();
    private final Map<String, byte[]> media = new HashMap<>();
    private final Deque<Supplier<@Nullable Answer>> next = new ArrayDeque<>();

    FakeMeta() {}

    /** The messages that handlers have sent, in that order. */
    public synchronized List<SentMessage> sent() {
        return List.copyOf(sent);
    }

    /** The ids of the messages that handlers have marked as read, in that order. */
    public synchronized List<String> read() {
        return List.copyOf(read);
    }

    /**
     * Has media that a handler may download by its id. A sample names another id and digest: {@code image().with("/image/id",
     * id).without("/image/sha256")}.
     */
    public synchronized void addMedia(String id, byte[] content) {
        media.put(id, content.clone());
    }

    /** Answers the next call with an error of Meta's, such as 131047 for a user who wrote more than 24 hours ago; nothing is done. */
    public synchronized void failNext(int code) {
        ObjectNode body = json.createObjectNode();
        body.putObject("error").put("code", code).put("type", "OAuthException").put("fbtrace_id", "FakeTrace");
        next.add(() -> new Answer(400, body));
    }

    /** Does what the next call asks for, and loses the answer. */
    public synchronized void loseNextAnswer() {
        next.add(() -> null);
    }

    @Override
    public synchronized Answer call(Call call) {
        if (next.isEmpty()) {
            return answer(call);
        }
        Answer planned = next.remove().get();
        if (planned == null) {
            answer(call);
            throw GraphException.noAnswer("the time is over", null);
        }
        return planned;
    }

    private Answer answer(Call call) {
        JsonNode body = call.body();
        if (call.path().endsWith(MESSAGES) && body != null) {
            return new Answer(200, messages(call.path().substring(0, call.path().length() - MESSAGES.length()), body));
        }
        byte[] content = media.get(call.path());
        ObjectNode answer = json.createObjectNode();
        if (content == null) {
            answer.putObject("error").put("code", 100);
            return new Answer(400, answer);
        }
        return new Answer(
                200,
                answer.put("messaging_product", "whatsapp")
                        .put("id", call.path())
                        .put("file_size", content.length)
                        .put("url", HOST + call.path()));
    }

    private ObjectNode messages(String phoneNumberId, JsonNode body) {
        ObjectNode answer = json.createObjectNode().put("messaging_product", "whatsapp");
        if (body.path("status").asString("").equals("read")) {
            read.add(body.path("message_id").asString());
            return answer.put("success", true);
        }
        SentMessage message = new SentMessage("wamid.sent" + (sent.size() + 1), phoneNumberId, body.deepCopy());
        sent.add(message);
        answer.putArray("messages").addObject().put("id", message.id());
        return answer;
    }

    @Override
    public <T> T download(URI url, Download<T> download) throws IOException {
        byte[] content;
        synchronized (this) {
            content = media.get(url.getPath().substring(1));
        }
        return content == null
                ? download.read(404, new ByteArrayInputStream(new byte[0]))
                : download.read(200, new ByteArrayInputStream(content));
    }
}
