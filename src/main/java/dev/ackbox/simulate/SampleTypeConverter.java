package dev.ackbox.simulate;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a type. */
final class SampleTypeConverter implements ITypeConverter<SampleType> {

    @Override
    public SampleType convert(String name) {
        SampleType type = SampleType.named(name.strip());
        if (type.kinds().isEmpty()) {
            throw new TypeConversionException("there is no type or field '" + name + "'; --list shows all of them");
        }
        return type;
    }
}
