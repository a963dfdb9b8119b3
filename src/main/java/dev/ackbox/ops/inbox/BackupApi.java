package dev.ackbox.ops.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ackbox.inbox.Archive;
import dev.ackbox.inbox.BackupState;
import dev.ackbox.inbox.InboxProperties;
import dev.ackbox.inbox.InboxProperties.Engine;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Makes backups into the directory that the settings name, and no other. */
final class BackupApi {

    private final Archive archive;
    private final Audit audit;
    private final InboxProperties settings;

    BackupApi(Archive archive, Audit audit, InboxProperties settings) {
        this.archive = archive;
        this.audit = audit;
        this.settings = settings;
    }

    /** All requests below a path. */
    RouterFunction<ServerResponse> routes(String path) {
        return RouterFunctions.route()
                .GET(path + "/backup", this::last)
                .POST(path + "/backup", this::start)
                .filter(InboxApi::orProblem)
                .build();
    }

    private ServerResponse last(ServerRequest request) throws ServletException, IOException {
        InboxApi.noParameters(request);
        BackupState last = archive.lastBackup();
        return last == null
                ? InboxApi.problem(HttpStatus.NOT_FOUND, "No backup was made since the start")
                : InboxApi.json(BackupView.of(last));
    }

    private ServerResponse start(ServerRequest request) throws ServletException, IOException {
        InboxApi.nothingMore(request);
        if (settings.engine() != Engine.SQLITE) {
            return InboxApi.problem(
                    HttpStatus.CONFLICT,
                    "The inbox is in a database of its own: back that up by the database's own means");
        }
        String directory = settings.backupDirectory();
        if (directory.isBlank()) {
            return InboxApi.problem(
                    HttpStatus.CONFLICT,
                    "There is no directory for backups: set ackbox.inbox.backup-directory (ACKBOX_BACKUP_DIR)");
        }
        Map<String, Object> details = new LinkedHashMap<>();
        BackupView view;
        try {
            view = audit.note(InboxApi.who(request), "backup", details, () -> {
                BackupView started = BackupView.of(archive.backup(Path.of(directory)));
                details.put("file", started.file());
                return started;
            });
        } catch (IllegalStateException ex) {
            return InboxApi.problem(HttpStatus.CONFLICT, ex.getMessage());
        }
        return ServerResponse.accepted().contentType(MediaType.APPLICATION_JSON).body(view);
    }

    /**
     * How far a backup is.
     *
     * @param file its name in the directory for backups
     * @param state running, completed or failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BackupView(
            String file,
            String state,
            Instant startedAt,
            @Nullable Instant endedAt,
            long bytes,
            @Nullable String failure) {

        static BackupView of(BackupState backup) {
            String state = backup.endedAt() == null ? "running" : backup.failure() == null ? "completed" : "failed";
            return new BackupView(
                    String.valueOf(backup.file().getFileName()),
                    state,
                    backup.startedAt(),
                    backup.endedAt(),
                    backup.bytes(),
                    backup.failure());
        }
    }
}
