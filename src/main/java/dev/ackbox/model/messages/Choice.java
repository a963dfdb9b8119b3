package dev.ackbox.model.messages;

import org.jspecify.annotations.Nullable;

/** What a user tapped: a quick-reply button of a template, a reply button, or a row of a list. */
public sealed interface Choice permits Content.Button, ButtonReply, ListReply {

    /** The business's own id of it, of a template's button the payload; optional. */
    @Nullable
    String id();

    /** What stands on it, or in it. */
    @Nullable
    String title();
}
