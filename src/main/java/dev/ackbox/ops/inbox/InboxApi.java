package dev.ackbox.ops.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ackbox.inbox.Archive;
import dev.ackbox.inbox.ArchivePage;
import dev.ackbox.inbox.ArchivedRecord;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.Erased;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.RecordState;
import dev.ackbox.inbox.Replays;
import dev.ackbox.inbox.Subject;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.security.Principal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Answers operators in JSON; what cannot be answered, with problem details. */
final class InboxApi {

    private static final Logger log = LoggerFactory.getLogger(InboxApi.class);
    private static final int USUAL_PAGE = 50;
    private static final Set<String> PAGING = Set.of("limit", "cursor");

    private final Inbox inbox;
    private final Archive archive;
    private final Replays replays;
    private final Audit audit;

    InboxApi(Inbox inbox, Archive archive, Replays replays, Audit audit) {
        this.inbox = inbox;
        this.archive = archive;
        this.replays = replays;
        this.audit = audit;
    }

    /** All requests below a path. */
    RouterFunction<ServerResponse> routes(String path) {
        return RouterFunctions.route()
                .GET(path, this::overview)
                .GET(path + "/records", this::records)
                .GET(path + "/records/{id}", this::record)
                .GET(path + "/records/{id}/payload", this::payload)
                .GET(path + "/dead", this::deadLetters)
                .POST(path + "/dead/requeue", this::requeue)
                .POST(path + "/dead/discard", this::discard)
                .POST(path + "/consumers/{name}/pause", request -> pause(request, true))
                .POST(path + "/consumers/{name}/resume", request -> pause(request, false))
                .DELETE(path + "/users/{user}", this::erase)
                .route(
                        RequestPredicates.path(path + "/**"),
                        request -> problem(HttpStatus.NOT_FOUND, "There is no such request; see operator-api.md"))
                .filter(InboxApi::orProblem)
                .build();
    }

    static ServerResponse orProblem(ServerRequest request, HandlerFunction<ServerResponse> next)
            throws ServletException, IOException {
        try {
            return next.handle(request);
        } catch (BadRequestException ex) {
            return problem(HttpStatus.BAD_REQUEST, ex.getMessage());
        } catch (InboxUnavailableException ex) {
            return problem(HttpStatus.SERVICE_UNAVAILABLE, ex.getMessage());
        } catch (Exception ex) {
            log.error("A request to the operator API failed", ex);
            return problem(HttpStatus.INTERNAL_SERVER_ERROR, "The request failed; the log says why");
        }
    }

    static ServerResponse problem(HttpStatus status, @Nullable String detail) throws ServletException, IOException {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setDetail(detail);
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    static ServerResponse json(Object body) throws ServletException, IOException {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    private ServerResponse overview(ServerRequest request) throws ServletException, IOException {
        parameters(request, Set.of());
        return json(OverviewView.of(inbox, archive, replays));
    }

    private ServerResponse records(ServerRequest request) throws ServletException, IOException {
        return page(request, FilterValues.NAMES, null);
    }

    private ServerResponse deadLetters(ServerRequest request) throws ServletException, IOException {
        return page(request, FilterValues.NAMES_OF_DEAD, RecordState.DEAD);
    }

    private ServerResponse page(ServerRequest request, Set<String> filters, @Nullable RecordState state)
            throws ServletException, IOException {
        Map<String, String> parameters = parameters(
                request, Stream.concat(filters.stream(), PAGING.stream()).collect(Collectors.toSet()));
        int limit = limit(parameters.remove("limit"));
        InboxRecordId before = cursor(parameters.remove("cursor"));
        RecordFilter filter = new FilterValues(parameters).toFilter(archive);
        ArchivePage page = archive.find(state == null ? filter : filter.in(state), before, limit);
        List<RecordView> views = page.records().stream().map(RecordView::of).toList();
        return json(new RecordView.Page(
                views, page.next() == null ? null : page.next().toString()));
    }

    /** The parameters of a request that has nothing in its body. */
    private static Map<String, String> parameters(ServerRequest request, Set<String> known) {
        Map<String, String> parameters = new HashMap<>();
        Names.check("parameter", request.params().keySet(), known);
        request.params().forEach((name, values) -> {
            if (values.size() > 1) {
                throw new BadRequestException("'" + name + "' must be given once");
            }
            parameters.put(name, values.get(0));
        });
        return parameters;
    }

    private static int limit(@Nullable String value) {
        if (value == null) {
            return USUAL_PAGE;
        }
        if (value.matches("[1-9][0-9]{0,2}") && Integer.parseInt(value) <= Archive.MAX_PAGE) {
            return Integer.parseInt(value);
        }
        throw new BadRequestException("'limit' must be a number from 1 to " + Archive.MAX_PAGE);
    }

    private static @Nullable InboxRecordId cursor(@Nullable String value) {
        if (value == null) {
            return null;
        }
        InboxRecordId id = id(value);
        if (id == null) {
            throw new BadRequestException("'cursor' must be the 'next' of an earlier answer");
        }
        return id;
    }

    private static @Nullable InboxRecordId id(String value) {
        return value.matches("[1-9][0-9]{0,17}") ? new InboxRecordId(Long.parseLong(value)) : null;
    }

    private ServerResponse record(ServerRequest request) throws ServletException, IOException {
        parameters(request, Set.of());
        InboxRecordId id = id(request.pathVariable("id"));
        ArchivedRecord record = id == null ? null : archive.show(id);
        return record == null ? noRecord() : json(RecordView.whole(record));
    }

    private static ServerResponse noRecord() throws ServletException, IOException {
        return problem(HttpStatus.NOT_FOUND, "No record of this id is kept");
    }

    private ServerResponse payload(ServerRequest request) throws ServletException, IOException {
        String as = parameters(request, Set.of("as")).get("as");
        if (as != null && !as.equals("curl")) {
            throw new BadRequestException("'as' must be curl");
        }
        InboxRecordId id = id(request.pathVariable("id"));
        byte[] payload = id == null ? null : archive.payload(id);
        if (id == null || payload == null) {
            return problem(HttpStatus.NOT_FOUND, "No payload of a record of this id is kept");
        }
        audit.note(who(request), "payload", Map.of("id", id.value()));
        return as == null
                ? ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(payload)
                : ServerResponse.ok().contentType(PayloadCommand.TYPE).body(PayloadCommand.of(payload));
    }

    static String who(ServerRequest request) {
        return request.principal().map(Principal::getName).orElse("unknown");
    }

    private ServerResponse requeue(ServerRequest request) throws ServletException, IOException {
        return change(request, "requeue", selection(request), archive::requeue);
    }

    private ServerResponse discard(ServerRequest request) throws ServletException, IOException {
        Selection selection = selection(request, "reason");
        String reason = selection.text("reason");
        return change(request, "discard", selection, (filter, changed) -> archive.discard(filter, reason, changed));
    }

    private static Selection selection(ServerRequest request, String... more) throws IOException {
        noParameters(request);
        return Selection.read(request.servletRequest().getInputStream(), FilterValues.NAMES_OF_DEAD, more);
    }

    /** For a request that has no parameters, and nothing in its body. */
    static void nothingMore(ServerRequest request) throws IOException {
        noParameters(request);
        Selection.requireNothing(request.servletRequest().getInputStream());
    }

    /** Looks at the query alone: the container would take a form in the body for parameters, and read it. */
    static void noParameters(ServerRequest request) {
        String query = request.servletRequest().getQueryString();
        if (query != null && !query.isEmpty()) {
            throw new BadRequestException("This request has no parameters");
        }
    }

    /** What is done with dead letters; tells after each step how many it was. */
    private interface Write {

        void change(RecordFilter filter, IntConsumer changed);
    }

    private ServerResponse change(ServerRequest request, String what, Selection selection, Write write)
            throws ServletException, IOException {
        RecordFilter filter = selection.toFilter(archive);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("consumer", filter.consumer());
        details.putAll(selection.withoutPersonalData(archive));
        details.put("dryRun", selection.dryRun());
        AtomicLong count = new AtomicLong();
        details.put("count", count);
        audit.note(who(request), what, details, () -> {
            if (selection.dryRun()) {
                count.set(archive.count(filter.in(RecordState.DEAD)));
            } else {
                write.change(filter, count::addAndGet);
            }
            return count;
        });
        return json(new Changed(count.get(), selection.dryRun()));
    }

    /** How many records a write has changed, or would change. */
    record Changed(long count, boolean dryRun) {}

    private ServerResponse erase(ServerRequest request) throws ServletException, IOException {
        nothingMore(request);
        Subject user = FilterValues.user(request.pathVariable("user"));
        Map<String, Object> details = new TreeMap<>(Map.of("user", archive.digest(user), "count", 0, "rewritten", 0));
        Erased erased = audit.note(
                who(request),
                "erase",
                details,
                () -> archive.erase(user, soFar -> {
                    details.put("count", soFar.records());
                    details.put("rewritten", soFar.rewritten());
                }));
        return json(new ErasedView(
                erased.records(), erased.rewritten(), archive.storageUse().sweeping()));
    }

    /**
     * What was erased.
     *
     * @param count how many records
     * @param rewritten from how many the user was taken out
     * @param sweeping whether bytes of them may still be in the files; absent where the storage cannot tell
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ErasedView(long count, long rewritten, @Nullable Boolean sweeping) {}

    private ServerResponse pause(ServerRequest request, boolean paused) throws ServletException, IOException {
        nothingMore(request);
        String name = request.pathVariable("name");
        Consumer consumer = inbox.consumers().stream()
                .filter(open -> open.name().equals(name))
                .findFirst()
                .orElse(null);
        if (consumer == null) {
            return problem(
                    HttpStatus.NOT_FOUND,
                    "There is no such consumer. Known are: "
                            + inbox.consumers().stream().map(Consumer::name).collect(Collectors.joining(", ")));
        }
        Map<String, Object> details = new LinkedHashMap<>(Map.of("consumer", name));
        audit.note(who(request), paused ? "pause" : "resume", details, () -> {
            if (paused) {
                consumer.pause();
            } else {
                consumer.resume();
            }
            return consumer;
        });
        return json(OverviewView.ConsumerView.of(consumer, archive.deliveries(name)));
    }
}
