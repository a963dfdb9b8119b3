package dev.ackbox.model.json;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Bare;
import dev.ackbox.model.form.ContentType;
import dev.ackbox.model.form.Words;
import dev.ackbox.model.json.UnknownPart.Kind;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes shapes from the model's own types. A record's component {@code phoneNumberId} is the property {@code
 * phone_number_id}, unless Jackson's annotations name another; one that may not be null must be there; one of a sealed family
 * is the record's content, and what is a {@link JsonNode} is deliberately open.
 */
final class Shapes {

    private static final Shape<JsonNode> OPEN = (json, reading) -> json;

    /** Each record's only once, so that a record may be part of itself. */
    private final Map<Class<?>, RecordShape<?>> records = new HashMap<>();

    /** The shape of a record. */
    Shape<?> of(Class<?> type) {
        if (type.isAnnotationPresent(Bare.class)) {
            return new BareShape<>(
                    new RecordConstructor<>(type),
                    of(type.getRecordComponents()[0].getGenericType(), Kind.WORD, false));
        }
        RecordShape<?> known = records.get(type);
        return known == null ? create(type) : known;
    }

    private Shape<?> create(Class<?> type) {
        RecordShape<?> shape = new RecordShape<>(type);
        records.put(type, shape);
        List<Parameter> components = shape.components();
        boolean hasContent = components.stream().anyMatch(Shapes::isContent);
        boolean isValue = Value.class.isAssignableFrom(type);
        for (int i = 0; i < components.size(); i++) {
            Parameter component = components.get(i);
            if (isContent(component)) {
                shape.add(content(i, component.getType()));
                continue;
            }
            for (String name : namesOf(component)) {
                Kind unknownWord = hasContent && name.equals(RecordShape.TYPE) ? Kind.TYPE : Kind.WORD;
                Shape<?> property = of(component.getParameterizedType(), unknownWord, isValue);
                shape.add(name, new RecordShape.Property(i, isCore(component), property));
            }
        }
        return shape;
    }

    private static boolean isContent(Parameter component) {
        return component.getType().isSealed();
    }

    /** What may not be null must be there; a list may be empty. */
    private static boolean isCore(Parameter component) {
        return component.getType() != List.class
                && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static List<String> namesOf(Parameter component) {
        List<String> names = new ArrayList<>();
        JsonProperty name = component.getAnnotation(JsonProperty.class);
        names.add(
                name == null
                        ? component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)
                        : name.value());
        JsonAlias further = component.getAnnotation(JsonAlias.class);
        if (further != null) {
            names.addAll(List.of(further.value()));
        }
        return names;
    }

    private RecordShape.Content content(int index, Class<?> type) {
        FamilyShape family = family(type);
        return new RecordShape.Content(index, family.shapes(), family.other());
    }

    private FamilyShape family(Class<?> family) {
        Map<String, Shape<?>> shapes = new HashMap<>();
        Shape<?> other = OPEN;
        for (Class<?> member : membersOf(family)) {
            ContentType type = member.getAnnotation(ContentType.class);
            if (type == null) {
                other = of(member);
            } else {
                Arrays.stream(type.value()).forEach(word -> shapes.put(word, of(member)));
            }
        }
        return new FamilyShape(shapes, other);
    }

    private static List<Class<?>> membersOf(Class<?> family) {
        List<Class<?>> members = new ArrayList<>();
        for (Class<?> permitted : family.getPermittedSubclasses()) {
            members.addAll(permitted.isSealed() ? membersOf(permitted) : List.of(permitted));
        }
        return members;
    }

    private Shape<?> of(Type type, Kind unknownWord, boolean isInValue) {
        if (type instanceof ParameterizedType generic) {
            Type argument = generic.getActualTypeArguments()[0];
            return generic.getRawType() == List.class
                    ? new ListShape<>(of(argument, unknownWord, false), isInValue)
                    : word((Class<?>) argument, unknownWord);
        }
        if (type == JsonNode.class) {
            return OPEN;
        }
        if (((Class<?>) type).isSealed()) {
            return family((Class<?>) type);
        }
        @Nullable Shape<?> scalar = ScalarShape.ALL.get((Class<?>) type);
        return scalar == null ? of((Class<?>) type) : scalar;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // OpenEnum<E> is only there for an E that is an enumeration of words
    private static Shape<?> word(Class<?> words, Kind unknownWord) {
        return new WordShape(new Words(words), unknownWord);
    }
}
