package dev.ackbox.model.form;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The words in {@code type} that this is the content of; each is the name of the property that it stands in. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ContentType {
    String[] value();

    /** Whether a message of this type may come without content. It has an empty one then. */
    boolean mayBeAbsent() default false;
}
