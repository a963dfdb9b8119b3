package dev.ackbox.graph;

/**
 * The access token lacks a permission for what was asked, or has no access to the account or number. Trying again does not help before
 * somebody grants it.
 */
public final class PermissionMissingException extends GraphException {

    private static final long serialVersionUID = 1L;

    PermissionMissingException(GraphError error) {
        super(error);
    }
}
