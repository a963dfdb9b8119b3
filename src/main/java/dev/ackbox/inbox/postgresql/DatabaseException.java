package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.InboxProperties.Postgresql;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database cannot be used; the service does not start. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String URL = "ACKBOX_DATABASE_URL (ackbox.inbox.postgresql.url)";
    private static final String USER = "ACKBOX_DATABASE_USERNAME and ACKBOX_DATABASE_PASSWORD"
            + " (ackbox.inbox.postgresql.username and .password)";

    private final String action;

    private DatabaseException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    static DatabaseException noUrl() {
        return new DatabaseException(
                "The inbox is to be in PostgreSQL, and 'ackbox.inbox.postgresql.url' is not set.",
                "Set " + URL + ", such as jdbc:postgresql://host:5432/database.",
                null);
    }

    /** The URL may have a password, so it is not shown. */
    static DatabaseException noJdbcUrl() {
        return new DatabaseException(
                "'ackbox.inbox.postgresql.url' is no JDBC URL of PostgreSQL.",
                "Set " + URL + " in the form jdbc:postgresql://host:5432/database, without user and password.",
                null);
    }

    static DatabaseException of(Postgresql settings, Throwable failure) {
        SQLException told = told(failure);
        String state = told == null || told.getSQLState() == null ? "" : told.getSQLState();
        String message = "The database " + settings.database() + " cannot be used: "
                + (told == null ? failure : told).getMessage();
        return new DatabaseException(message, action(state), failure);
    }

    private static @Nullable SQLException told(Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof SQLException sql && sql.getSQLState() != null) {
                return sql;
            }
        }
        return null;
    }

    private static String action(String state) {
        if (state.startsWith("28")) {
            return "Set " + USER + " to a user of the database.";
        }
        if (state.equals("3D000")) {
            return "Create the database, or name another one with " + URL + ".";
        }
        if (state.equals("42501")) {
            return "Let the user create the schema 'ackbox' (GRANT CREATE ON DATABASE), or create it and make the user its owner.";
        }
        if (state.equals("25006")) {
            return "This server only reads: name the primary one with " + URL
                    + ", or all of them and targetServerType=primary.";
        }
        if (state.startsWith("08") || state.startsWith("57")) {
            return "Start the database, or name another one with " + URL
                    + ". Ackbox ends where it is not there at the start; whoever runs it starts it again.";
        }
        return "Mend what the database says.";
    }

    /** What the operator can do about it. */
    public String action() {
        return action;
    }
}
