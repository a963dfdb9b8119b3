package dev.ackbox.ops.inbox;

import dev.ackbox.inbox.Archive;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.Replay;
import dev.ackbox.inbox.Replays;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** Starts replays, shows them and stops them. */
final class ReplayApi {

    private static final int USUAL_RATE = 100;
    private static final JsonMapper JSON = new JsonMapper();

    private final Archive archive;
    private final Replays replays;
    private final List<String> handlers;
    private final Audit audit;

    ReplayApi(Archive archive, Replays replays, List<String> handlers, Audit audit) {
        this.archive = archive;
        this.replays = replays;
        this.handlers = handlers;
        this.audit = audit;
    }

    /** All requests below a path. */
    RouterFunction<ServerResponse> routes(String path) {
        return RouterFunctions.route()
                .GET(path + "/replays", this::all)
                .POST(path + "/replays", this::start)
                .GET(path + "/replays/{id}", this::one)
                .DELETE(path + "/replays/{id}", this::stop)
                .filter(InboxApi::orProblem)
                .build();
    }

    private ServerResponse all(ServerRequest request) throws ServletException, IOException {
        InboxApi.noParameters(request);
        return InboxApi.json(
                new ReplayView.All(replays.all().stream().map(ReplayView::of).toList()));
    }

    private ServerResponse start(ServerRequest request) throws ServletException, IOException {
        InboxApi.noParameters(request);
        Selection selection = Selection.read(
                request.servletRequest().getInputStream(), FilterValues.NAMES_OF_REPLAY, "handler", "rate");
        String handler = handler(selection);
        int rate = selection.number("rate", USUAL_RATE, Replays.MAX_RATE);
        RecordFilter filter = selection.toFilter(archive);
        Map<String, Object> shown = selection.withoutPersonalData(archive);
        Map<String, Object> details = new LinkedHashMap<>(shown);
        if (handler != null) {
            details.put("handler", handler);
        }
        details.put("rate", rate);
        details.put("dryRun", selection.dryRun());
        if (selection.dryRun()) {
            long count = archive.count(filter);
            details.put("count", count);
            audit.note(InboxApi.who(request), "replay", details);
            return InboxApi.json(new InboxApi.Changed(count, true));
        }
        ReplayView view;
        try {
            view = audit.note(InboxApi.who(request), "replay", details, () -> {
                ReplayView started =
                        ReplayView.of(replays.start(filter, handler, rate, JSON.writeValueAsString(shown)));
                details.put("replay", started.id());
                details.put("count", started.records());
                return started;
            });
        } catch (IllegalStateException ex) {
            return InboxApi.problem(HttpStatus.CONFLICT, ex.getMessage());
        }
        return ServerResponse.status(HttpStatus.CREATED)
                .contentType(MediaType.APPLICATION_JSON)
                .body(view);
    }

    private @Nullable String handler(Selection selection) {
        if (!selection.body().has("handler")) {
            return null;
        }
        String handler = selection.text("handler");
        if (!handlers.contains(handler)) {
            throw new BadRequestException("There is no such handler. Known are: " + String.join(", ", handlers));
        }
        return handler;
    }

    private ServerResponse one(ServerRequest request) throws ServletException, IOException {
        InboxApi.noParameters(request);
        Replay replay = find(request);
        return replay == null ? none() : InboxApi.json(ReplayView.of(replay));
    }

    private @Nullable Replay find(ServerRequest request) {
        String id = request.pathVariable("id");
        return replays.all().stream()
                .filter(replay -> replay.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static ServerResponse none() throws ServletException, IOException {
        return InboxApi.problem(HttpStatus.NOT_FOUND, "There is no replay of this id");
    }

    /** Answers how far it came. */
    private ServerResponse stop(ServerRequest request) throws ServletException, IOException {
        InboxApi.nothingMore(request);
        Replay replay = find(request);
        if (replay == null) {
            return none();
        }
        ReplayView last = ReplayView.of(replay);
        Map<String, Object> details = new LinkedHashMap<>(Map.of("replay", replay.id()));
        boolean isStopped =
                audit.note(InboxApi.who(request), "stop replay", details, () -> replays.remove(replay.id()));
        return isStopped ? InboxApi.json(last) : none();
    }
}
