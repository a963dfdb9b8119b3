package dev.ackbox.dispatch;

import dev.ackbox.model.Contact;
import dev.ackbox.model.Metadata;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which components of a record of the model hold what dispatch looks for. Derived from their types, so that what the model gains needs
 * no entry here.
 *
 * @param elements lists of records, contacts aside
 * @param contents what stands for the record's type, of a sealed family
 * @param contacts the users, if any
 * @param number the business phone number, if any
 * @param timestamp the record's own time, if any
 */
record Structure(
        List<Part> elements,
        List<Part> contents,
        @Nullable Part contacts,
        @Nullable Part number,
        @Nullable Part timestamp) {

    private static final ClassValue<Structure> BY_TYPE = new ClassValue<>() {
        @Override
        protected Structure computeValue(Class<?> type) {
            return derive(type);
        }
    };

    /**
     * A component.
     *
     * @param type of the component, or of the elements of its list
     * @param accessor reads it
     */
    record Part(Class<?> type, Method accessor) {

        @Nullable
        Object of(Object record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException ex) {
                throw new IllegalStateException("Accessors of the model are public", ex);
            }
        }

        List<?> listOf(Object record) {
            return of(record) instanceof List<?> list ? list : List.of();
        }
    }

    static Structure of(Class<?> type) {
        return BY_TYPE.get(type);
    }

    private static Structure derive(Class<?> type) {
        List<Part> elements = new ArrayList<>();
        List<Part> contents = new ArrayList<>();
        Part contacts = null;
        Part number = null;
        Part timestamp = null;
        for (RecordComponent component : type.isRecord() ? type.getRecordComponents() : new RecordComponent[0]) {
            Class<?> element = elementType(component.getGenericType());
            if (element == Contact.class) {
                contacts = new Part(element, component.getAccessor());
            } else if (element != null) {
                elements.add(new Part(element, component.getAccessor()));
            } else if (component.getType().isSealed()) {
                contents.add(new Part(component.getType(), component.getAccessor()));
            } else if (component.getType() == Metadata.class) {
                number = new Part(Metadata.class, component.getAccessor());
            } else if (component.getType() == Instant.class
                    && component.getName().equals("timestamp")) {
                timestamp = new Part(Instant.class, component.getAccessor());
            }
        }
        return new Structure(List.copyOf(elements), List.copyOf(contents), contacts, number, timestamp);
    }

    /** Of a list of records or of a sealed family of records. */
    private static @Nullable Class<?> elementType(Type type) {
        return type instanceof ParameterizedType generic
                        && generic.getRawType() == List.class
                        && generic.getActualTypeArguments()[0] instanceof Class<?> element
                        && (element.isRecord() || element.isSealed())
                ? element
                : null;
    }
}
