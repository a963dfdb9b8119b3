package dev.ackbox.simulate;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a type. */
final class SampleTypeConverter implements ITypeConverter<SampleType> {

    @Override
    public SampleType convert(String name) {
        return SampleTypes.find(name.strip())
                .orElseThrow(() ->
                        new TypeConversionException("there is no type '" + name + "'; --fields lists what there is"));
    }
}
