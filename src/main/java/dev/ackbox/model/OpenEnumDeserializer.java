package dev.ackbox.model;

import dev.ackbox.model.form.Words;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;

/** Lets any mapper of Jackson read what one has written of the model. */
final class OpenEnumDeserializer extends ValueDeserializer<OpenEnum<?>> {

    private final @Nullable Words<?> words;

    @SuppressWarnings("unused") // Jackson calls it
    OpenEnumDeserializer() {
        this(null);
    }

    private OpenEnumDeserializer(@Nullable Words<?> words) {
        this.words = words;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // OpenEnum<E> is only there for an E that is an enumeration of words
    public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        JavaType list =
                context.getContextualType().findSuperType(OpenEnum.class).containedType(0);
        return new OpenEnumDeserializer(new Words(list.getRawClass()));
    }

    @Override
    public @Nullable OpenEnum<?> deserialize(JsonParser parser, DeserializationContext context) {
        return words == null ? null : words.read(parser.getString());
    }
}
