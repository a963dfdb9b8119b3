package dev.ackbox.simulate;

import java.util.List;

/**
 * One kind of traffic that can be asked for.
 *
 * @param name what the user calls it
 * @param description one line on what it is
 * @param layout where the updates of its notifications stand
 * @param resources names of its samples, of one field, which take turns
 */
record SampleType(String name, String description, Layout layout, List<String> resources) {

    List<Sample> samples() {
        return resources.stream().map(resource -> Sample.load(resource, layout)).toList();
    }

    String field() {
        return Sample.load(resources.get(0), layout).field();
    }
}
