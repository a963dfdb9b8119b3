/** What happens to groups. */
@NullMarked
package dev.ackbox.model.groups;

import org.jspecify.annotations.NullMarked;
