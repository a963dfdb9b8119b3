/** What happens to message templates. */
@NullMarked
package dev.ackbox.model.templates;

import org.jspecify.annotations.NullMarked;
