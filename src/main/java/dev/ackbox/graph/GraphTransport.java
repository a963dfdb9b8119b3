package dev.ackbox.graph;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How calls get to Meta: over HTTP, or to what stands for Meta in a test. Safe for use by several threads. */
public interface GraphTransport {

    /**
     * A call of the API.
     *
     * @param method GET, POST or DELETE
     * @param path without the version, such as {@code 123/messages}
     * @param parameters of the query, without token and proof
     * @param body sent as JSON; absent for none
     */
    record Call(
            String method,
            String path,
            Map<String, String> parameters,
            @Nullable JsonNode body) {

        public Call {
            parameters = Map.copyOf(parameters);
        }
    }

    /** What was answered, whatever the status. */
    record Answer(int status, JsonNode body) {}

    /** Takes what is downloaded. */
    @FunctionalInterface
    interface Download<T> {

        /** Called once; the stream is closed afterwards. */
        T read(int status, InputStream body) throws IOException;
    }

    /**
     * Makes a call once.
     *
     * @throws GraphException where nothing is answered, or what is not JSON
     */
    Answer call(Call call);

    /**
     * Downloads with the access token; redirects are not followed.
     *
     * @throws GraphException where nothing is answered
     * @throws IOException which {@code download} throws
     */
    <T> T download(URI url, Download<T> download) throws IOException;
}
