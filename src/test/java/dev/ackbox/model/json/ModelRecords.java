package dev.ackbox.model.json;

import dev.ackbox.SampleChanges;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.form.Bare;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The records of the model that are read property by property, and their properties. */
final class ModelRecords {

    /**
     * A property of a record.
     *
     * @param type the record
     * @param component what the property is read into
     */
    record Place(Class<?> type, Component component) {

        String name() {
            return component.names().get(0);
        }

        boolean isCore() {
            return component.isCore();
        }

        boolean isWord() {
            return elementType() instanceof ParameterizedType generic && generic.getRawType() == OpenEnum.class;
        }

        Type elementType() {
            Type declared = component.genericType();
            return declared instanceof ParameterizedType list && list.getRawType() == List.class
                    ? list.getActualTypeArguments()[0]
                    : declared;
        }

        @Override
        public String toString() {
            return type.getSimpleName() + "." + component.name();
        }
    }

    private ModelRecords() {}

    static List<Place> places() {
        Set<Class<?>> records = new LinkedHashSet<>();
        Fields.TYPES.values().forEach(type -> collect(type, records));
        return records.stream()
                .filter(type -> !type.isAnnotationPresent(Bare.class))
                .flatMap(type -> placesOf(type).stream())
                .filter(place -> !place.component().type().isSealed())
                .toList();
    }

    /** An object with nothing but the core of a record. */
    static ObjectNode smallest(Class<?> type) {
        ObjectNode json = SampleChanges.JSON.createObjectNode();
        for (Place place : placesOf(type)) {
            if (place.isCore()) {
                put(json, place);
            }
        }
        return json;
    }

    private static void put(ObjectNode json, Place place) {
        Type type = place.elementType();
        if (place.isWord()) {
            Class<?> words = (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[0];
            Object[] all = words.getEnumConstants(); // the last type of message comes without content
            json.put(place.name(), ((OpenEnum<?>) all[all.length - 1]).name());
        } else if (type instanceof Class<?> record && record.isRecord()) {
            json.set(place.name(), smallest(record));
        } else {
            json.put(place.name(), "7");
        }
    }

    private static List<Place> placesOf(Class<?> type) {
        return new RecordConstructor<>(type)
                .components().stream()
                        .map(component -> new Place(type, component))
                        .toList();
    }

    private static void collect(Class<?> type, Set<Class<?>> records) {
        if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(member -> collect(member, records));
        } else if (type.isRecord() && records.add(type)) {
            for (Place place : new ArrayList<>(placesOf(type))) {
                if (place.elementType() instanceof Class<?> each) {
                    collect(each, records);
                }
            }
        }
    }
}
