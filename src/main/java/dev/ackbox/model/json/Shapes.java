package dev.ackbox.model.json;

import dev.ackbox.model.Value;
import dev.ackbox.model.form.Bare;
import dev.ackbox.model.form.ContentType;
import dev.ackbox.model.form.Words;
import dev.ackbox.model.json.UnknownPart.Kind;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
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
        List<Component> components = shape.components();
        boolean hasContent = components.stream().anyMatch(Component::isContent);
        boolean isValue = Value.class.isAssignableFrom(type);
        for (int i = 0; i < components.size(); i++) {
            Component component = components.get(i);
            if (component.isContent()) {
                shape.add(content(i, component.type()));
                continue;
            }
            for (String name : component.names()) {
                Kind unknownWord = hasContent && name.equals(RecordShape.TYPE) ? Kind.TYPE : Kind.WORD;
                Shape<?> property = of(component.genericType(), unknownWord, isValue);
                shape.add(name, new RecordShape.Property(i, component.isCore(), component.mustFit(), property));
            }
        }
        return shape;
    }

    private RecordShape.Content content(int index, Class<?> type) {
        FamilyShape family = family(type);
        Map<String, FamilyShape.Member> members = new HashMap<>();
        family.members().forEach((word, member) -> members.put(Words.essence(word), member));
        return new RecordShape.Content(index, members, family.other());
    }

    private FamilyShape family(Class<?> family) {
        Map<String, FamilyShape.Member> members = new HashMap<>();
        Shape<?> other = OPEN;
        for (Class<?> member : membersOf(family)) {
            ContentType type = member.getAnnotation(ContentType.class);
            if (type == null) {
                other = of(member);
            } else {
                FamilyShape.Member its = new FamilyShape.Member(of(member), type.mayBeAbsent());
                Arrays.stream(type.value()).forEach(word -> members.put(word, its));
            }
        }
        return new FamilyShape(members, other);
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
