package dev.ackbox.simulate;

import dev.ackbox.sample.BodyCopies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A body that somebody has in a file. */
final class BodyFile {

    private static final JsonMapper JSON = new JsonMapper();

    private BodyFile() {}

    /** A file does not hold what can be sent; the message says why. */
    static final class UnusableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    /** Reads a body, which is sent as it is or with new ids and times. */
    static BodySource read(Path file, boolean freshIds) throws UnusableException {
        byte[] body = bytes(file);
        try {
            if (!JSON.readTree(body).isObject()) {
                throw new UnusableException(file + " is not a JSON object");
            }
            return freshIds ? new BodyCopies(body)::next : time -> body;
        } catch (JacksonException ex) {
            throw new UnusableException(
                    file + " is not JSON, see line " + ex.getLocation().getLineNr() + ", column "
                            + ex.getLocation().getColumnNr());
        } catch (IllegalArgumentException ex) {
            throw new UnusableException(file + " cannot be sent with --fresh-ids. " + ex.getMessage());
        }
    }

    private static byte[] bytes(Path file) throws UnusableException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException ex) {
            throw new UnusableException("there is no file " + file);
        } catch (IOException ex) {
            throw new UnusableException(file + " cannot be read: " + ex.getMessage());
        }
    }
}
