package dev.ackbox.model.json;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ackbox.model.form.MustFit;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a property is read into.
 *
 * @param name in Java
 * @param type without its type arguments
 * @param genericType with these
 * @param annotatedType says whether it may be null
 * @param annotated has Jackson's annotations
 */
record Component(
        String name, Class<?> type, Type genericType, AnnotatedType annotatedType, AnnotatedElement annotated) {

    /** Of a canonical constructor. Its parameters have no type arguments for reflection when javac 21 or later makes them. */
    static Component of(RecordComponent component) {
        return new Component(
                component.getName(),
                component.getType(),
                component.getGenericType(),
                component.getAnnotatedType(),
                component.getAccessor());
    }

    /** Of another constructor. */
    static Component of(Parameter parameter) {
        return new Component(
                parameter.getName(),
                parameter.getType(),
                parameter.getParameterizedType(),
                parameter.getAnnotatedType(),
                parameter);
    }

    /** Whether it stands in a property that is named after a type. */
    boolean isContent() {
        return type.isSealed();
    }

    /** What may not be null must be there; a list may be empty. */
    boolean isCore() {
        return type != List.class && !isContent() && !annotatedType.isAnnotationPresent(Nullable.class);
    }

    /** Whether JSON that does not fit must not be taken for none. */
    boolean mustFit() {
        return annotated.isAnnotationPresent(MustFit.class);
    }

    /** The names of its property, the usual one first. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        JsonProperty usual = annotated.getAnnotation(JsonProperty.class);
        names.add(usual == null ? name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT) : usual.value());
        JsonAlias further = annotated.getAnnotation(JsonAlias.class);
        if (further != null) {
            names.addAll(List.of(further.value()));
        }
        return names;
    }
}
