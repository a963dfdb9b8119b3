package dev.ackbox.model.form;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.StringJoiner;

/**
 * The text of a record of the model without what may be personal data: its type, words that are known, and how long its
 * lists are.
 */
public final class Redacted {

    private Redacted() {}

    public static String text(Record record) {
        StringJoiner text =
                new StringJoiner(", ", record.getClass().getSimpleName() + "[", "]").setEmptyValue(name(record) + "[]");
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = valueOf(component, record);
            if (value instanceof Enum<?>) {
                text.add(component.getName() + "=" + value);
            } else if (value instanceof List<?> list && !list.isEmpty()) {
                text.add(list.size() + " " + component.getName());
            }
        }
        return text.toString();
    }

    private static String name(Record record) {
        return record.getClass().getSimpleName();
    }

    private static Object valueOf(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException("Accessors of the model are public", ex);
        }
    }
}
