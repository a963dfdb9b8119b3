package dev.ackbox.model.json;

/** JSON does not fit its type. Says where, and nothing of the content. */
final class MisfitException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String path;

    MisfitException(String path) {
        super(path, null, false, false);
        this.path = path;
    }

    String path() {
        return path;
    }
}
