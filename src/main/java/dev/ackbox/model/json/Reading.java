package dev.ackbox.model.json;

import dev.ackbox.model.json.UnknownPart.Kind;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One payload being read: where in it the reading is, and what was not known so far. Used by one thread. */
final class Reading {

    private static final String ELEMENT = "[]";

    /** What looks like one of the platform's names and not like content: no blanks but single ones, no long numbers. */
    private static final Pattern NAME = Pattern.compile("(?=.{1,64}$)(?!.*[0-9]{5})_?[A-Za-z](?:[ _-]?[A-Za-z0-9])*");

    private static final String CONTENT = "?";

    private static final String MISSING = "missing";

    /** Of one payload; what it repeats counts once. */
    private static final int MOST_PARTS = 1_000;

    /** More steps than any path of the platform has: a history's edited contact cards take 15. */
    private static final int DEEPEST = 50;

    private final StringBuilder path = new StringBuilder();

    /** How long the path was before each of its steps. */
    private final Deque<Integer> lengths = new ArrayDeque<>();

    private final Set<UnknownPart> unknown = new LinkedHashSet<>();

    /** Where something came to nothing last. */
    private @Nullable String cause;

    private int leftOut;

    void enter(String name) {
        lengths.push(path.length());
        path.append(path.isEmpty() ? "" : ".").append(name);
    }

    void enterElement() {
        lengths.push(path.length());
        path.append(ELEMENT);
    }

    void leave() {
        path.setLength(lengths.pop());
    }

    void leave(int levels) {
        for (int i = 0; i < levels; i++) {
            leave();
        }
    }

    /** Whether this is deeper than anything of the platform, such as an edit of an edit of an edit and so on. */
    boolean isTooDeep() {
        return lengths.size() > DEEPEST;
    }

    /** Notes the properties of an object that are none of those known. */
    void unknownProperties(JsonNode object, Set<String> known) {
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            if (!known.contains(property.getKey())) {
                unknownProperty(property.getKey(), property.getValue());
            }
        }
    }

    void unknownProperty(String name, JsonNode json) {
        if (unknown.size() < MOST_PARTS) {
            enter(named(name));
            note(Kind.PROPERTY, typeOf(json));
            leave();
        }
    }

    /** Notes a word that is not known, or something else that is named by one. */
    void unknownWord(Kind kind, String word) {
        note(kind, named(word));
    }

    /**
     * The JSON itself or, where the platform wraps it in an array, its only element; absent where there is none. Several do not fit,
     * since all but one would be lost.
     */
    @Nullable
    JsonNode one(JsonNode json) {
        if (json.isArray() && json.size() > 1) {
            misfit(json);
            return null;
        }
        JsonNode one = json.isArray() ? json.path(0) : json;
        return one.isNull() || one.isMissingNode() ? null : one;
    }

    /** Notes JSON that does not fit the type of the place where the reading is. */
    void misfit(JsonNode json) {
        misfit(typeOf(json));
    }

    private void misfit(String example) {
        note(Kind.MISFIT, example);
        cause = path.toString();
    }

    /** Notes that a property that must be there is not. */
    void lacks(String name) {
        enter(name);
        misfit(MISSING);
        leave();
    }

    /** Notes that what must be there has come to nothing; where something inside of it is the cause, that has been noted. */
    void lackedHere(JsonNode json) {
        if (!isCauseInside()) {
            misfit(json);
        }
    }

    /** Notes that an element of a list has come to nothing, and is left out. */
    void leftOut(JsonNode json) {
        leftOut++;
        lackedHere(json);
    }

    /** Whether something that came to nothing was noted since the last {@link #forgetCause}. */
    boolean hasCause() {
        return cause != null;
    }

    /** Forgets what came to nothing before, so that it is not taken for the cause of what comes now. */
    void forgetCause() {
        cause = null;
    }

    /** That what the value is about lacks its core: names where. */
    UnreadablePayloadException unreadable() {
        return new UnreadablePayloadException(
                (isCauseInside() ? cause : path.toString()) + " is missing or does not fit");
    }

    private boolean isCauseInside() {
        return cause != null && cause.startsWith(path.toString());
    }

    int leftOut() {
        return leftOut;
    }

    void note(Kind kind, String example) {
        if (unknown.size() < MOST_PARTS) {
            unknown.add(new UnknownPart(kind, path.toString(), example));
        }
    }

    Collection<UnknownPart> unknown() {
        return unknown;
    }

    private static String named(String text) {
        return NAME.matcher(text).matches() ? text : CONTENT;
    }

    static String typeOf(JsonNode json) {
        return json.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
