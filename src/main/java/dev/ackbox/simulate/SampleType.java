package dev.ackbox.simulate;

import dev.ackbox.sample.SampleKind;
import dev.ackbox.sample.SampleKinds;
import java.util.List;

/**
 * What can be asked for by one name.
 *
 * @param kinds what it stands for; they take turns
 */
record SampleType(List<SampleKind> kinds) {

    /** Empty where nothing has that name. */
    static SampleType named(String name) {
        return new SampleType(SampleKinds.named(name));
    }
}
