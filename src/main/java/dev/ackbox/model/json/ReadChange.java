package dev.ackbox.model.json;

import dev.ackbox.model.Change;
import java.util.List;

/**
 * What reading a payload came to.
 *
 * @param change the change, typed as far as it is known
 * @param unknown what of it is not known, each once
 */
public record ReadChange(Change<?> change, List<UnknownPart> unknown) {}
