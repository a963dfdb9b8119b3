package dev.ackbox.model.form;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The constructor that the reader uses: it takes a record's properties as the platform sends them, older forms included.
 * Without one, the reader uses the canonical constructor.
 */
@Target(ElementType.CONSTRUCTOR)
@Retention(RetentionPolicy.RUNTIME)
public @interface AsSent {}
