/**
 * How the records of the model are made, read and shown. Handlers need none of it; it is public because the model has several
 * packages.
 */
@NullMarked
package dev.ackbox.model.form;

import org.jspecify.annotations.NullMarked;
