package dev.ackbox.jars;

import java.net.URL;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Ackbox cannot run what is in the handlers' directory; it does not start. */
public final class HandlerJarException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    private HandlerJarException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    private static HandlerJarException about(Path jar, String problem, String action, @Nullable Throwable cause) {
        return new HandlerJarException("The handler jar '" + jar + "' " + problem, action, cause);
    }

    static HandlerJarException noDirectory(String setting) {
        return new HandlerJarException(
                HandlerJars.DIRECTORY + " is '" + setting + "', which is not a directory.",
                "Create the directory, or correct " + HandlerJars.DIRECTORY + ".",
                null);
    }

    static HandlerJarException unreadable(Path jar, Exception cause) {
        return about(
                jar,
                "cannot be read: " + cause.getMessage() + ".",
                "Copy it there again, or remove it. Ackbox's user needs the right to read it.",
                cause);
    }

    static HandlerJarException withSettings(Path jar, String file) {
        return about(
                jar,
                "contains " + file + ", which Spring Boot would read as settings of Ackbox.",
                "Take the file out of the jar. Put its settings where Ackbox's are, or make them the defaults of a"
                        + " @ConfigurationProperties class.",
                null);
    }

    static HandlerJarException withoutVersion(Path jar) {
        return about(
                jar,
                "does not say which version of Ackbox it is made for.",
                "Set '" + HandlerJar.VERSION + "' in its manifest to the version of the library it is compiled against"
                        + " (src/samples/order-bot/pom.xml shows how). If it holds no handlers, but a library that"
                        + " handlers need, move it to '" + HandlerJars.LIBRARIES + "' below that directory.",
                null);
    }

    static HandlerJarException otherVersion(Path jar, String made, String running) {
        return about(
                jar,
                "is made for Ackbox " + made + ". This is Ackbox " + running + ".",
                "Build it against version " + running + " of the library.",
                null);
    }

    static HandlerJarException withoutConfiguration(Path jar) {
        return about(
                jar,
                "brings no handlers: it has no auto-configuration.",
                "List the configuration classes that declare its handlers in its " + HandlerJar.IMPORTS
                        + ", one on a line.",
                null);
    }

    static HandlerJarException withoutClass(Path jar, String className) {
        return about(
                jar,
                "does not hold " + className + ", which it lists as an auto-configuration.",
                "Correct the name in its " + HandlerJar.IMPORTS + ".",
                null);
    }

    static HandlerJarException notLoaded(Path jar) {
        return about(
                jar,
                "is not on the class path.",
                "In the image, mount the directory at /ackbox/handlers. Elsewhere, start Ackbox with 'java -jar'.",
                null);
    }

    static HandlerJarException loadedFromElsewhere(Path jar, String className, URL other) {
        return about(
                jar,
                "holds " + className + ", and so does " + other + ", which is found first.",
                "Remove one of the two. If they are versions of the same handlers, remove the older one.",
                null);
    }

    /** What the operator can do about it. */
    public String action() {
        return action;
    }
}
