/**
 * What the platform sends, typed: an envelope, a value per field, and room everywhere for what is not known yet.
 *
 * <ul>
 *   <li>What identifies a thing is never null: the id and the type of a message, the event of a template. A record whose item lacks
 *       it becomes a dead letter. Everything else is nullable, since the platform leaves out what it likes; a list is never null.
 *   <li>A record has one name for one thing. Other names and older forms are read into it. {@link Change#json()} has what came.
 *   <li>Each component says what it means, and when it is there: always, optional, or with what. The source is Meta's documentation,
 *       unless it says <em>observed</em> (seen in traffic, samples or other projects) or <em>inferred</em>.
 *   <li>No {@code toString} shows content, since that is personal data: only the type, known words, and how long lists are.
 *   <li>Any mapper of Jackson writes these records, and reads back what it has written. The form is not the platform's.
 * </ul>
 */
@NullMarked
package dev.ackbox.model;

import org.jspecify.annotations.NullMarked;
