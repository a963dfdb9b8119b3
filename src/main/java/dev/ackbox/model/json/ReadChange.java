package dev.ackbox.model.json;

import dev.ackbox.model.Change;
import java.util.List;

/**
 * What reading a payload came to.
 *
 * @param change the change, typed as far as it is known
 * @param unknown what of it is not known or does not fit, each once
 * @param leftOut how many elements of lists are not in the typed change, since they do not fit
 */
public record ReadChange(Change<?> change, List<UnknownPart> unknown, int leftOut) {}
