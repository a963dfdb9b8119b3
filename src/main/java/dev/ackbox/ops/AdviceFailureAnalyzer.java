package dev.ackbox.ops;

import dev.ackbox.dispatch.HandlerTypeException;
import dev.ackbox.http.InvalidSettingException;
import dev.ackbox.inbox.postgresql.DatabaseException;
import dev.ackbox.inbox.sqlite.DataDirectoryException;
import dev.ackbox.jars.HandlerJarException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Passes on what Ackbox's own exceptions say to do about a start that fails. */
final class AdviceFailureAnalyzer implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String action = actionOf(cause);
            if (action != null) {
                return new FailureAnalysis(cause.getMessage(), action, cause);
            }
        }
        return null;
    }

    private static @Nullable String actionOf(Throwable cause) {
        if (cause instanceof InvalidSettingException setting) {
            return setting.action();
        } else if (cause instanceof DataDirectoryException directory) {
            return directory.action();
        } else if (cause instanceof DatabaseException database) {
            return database.action();
        } else if (cause instanceof HandlerTypeException type) {
            return type.action();
        }
        return cause instanceof HandlerJarException jar ? jar.action() : null;
    }
}
