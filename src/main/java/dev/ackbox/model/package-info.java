/** What the platform sends, typed: an envelope, a value per field, and room everywhere for what is not known yet. */
@NullMarked
package dev.ackbox.model;

import org.jspecify.annotations.NullMarked;
