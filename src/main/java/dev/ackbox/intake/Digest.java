package dev.ackbox.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** SHA-256 over parts that cannot run into each other: each is preceded by its length. */
final class Digest {

    /** Takes no two numbers for the same, nor two objects in which a name stands twice: what it cannot read is taken as bytes. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final MessageDigest sha256;

    Digest() {
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("SHA-256 is part of every Java runtime", ex);
        }
    }

    /** Adds a text; an absent one differs from an empty one. */
    Digest add(@Nullable String text) {
        if (text == null) {
            length(-1);
            return this;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return add(bytes, 0, bytes.length);
    }

    Digest add(byte[] bytes, int start, int length) {
        length(length);
        sha256.update(bytes, start, length);
        return this;
    }

    /** Adds JSON in a form in which white space, escapes and the order of properties make no difference. */
    Digest addCanonical(byte[] json, JsonSpan span) {
        return addCanonical(json, span.start(), span.length());
    }

    /** Adds a part of a text of JSON in that form. */
    Digest addCanonical(byte[] json, int start, int length) {
        try {
            addCanonical(JSON.readTree(json, start, length));
            return this;
        } catch (JacksonException | NumberFormatException ex) {
            // A name stands twice, or it is beyond a bound of the parser, such as a number of more than a thousand
            // digits, or with an exponent that no decimal has.
            return add(json, start, length);
        }
    }

    private void addCanonical(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(property -> sorted.put(property.getKey(), property.getValue()));
            add("{");
            length(sorted.size());
            sorted.forEach((name, value) -> {
                add(name);
                addCanonical(value);
            });
        } else if (node.isArray()) {
            add("[");
            length(node.size());
            node.forEach(this::addCanonical);
        } else {
            add(node.getNodeType().name());
            add(node.asString());
        }
    }

    private void length(int length) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
    }

    byte[] toBytes() {
        return sha256.digest();
    }
}
