package dev.ackbox.simulate;

import java.io.PrintWriter;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells at the end of a run what it came to, and what may be done about it. */
final class Summary {

    private final PrintWriter out;
    private final URI url;

    Summary(PrintWriter out, URI url) {
        this.out = out;
        this.url = url;
    }

    /**
     * Prints it.
     *
     * @param duplicates how many of the notifications went out for the second time
     * @param retried whether what was not answered with 200 was sent again
     */
    void print(Results results, long duplicates, boolean retried) {
        out.printf(
                Locale.ROOT,
                "Sent       %d notifications, %d of them for the second time, in %.1f s%n",
                results.finished(),
                duplicates,
                results.seconds());
        out.printf(Locale.ROOT, "Answers    %s%n", counts(results.answers()));
        if (!results.failures().isEmpty()) {
            out.printf(Locale.ROOT, "No answer  %s%n", counts(results.failures()));
        }
        if (!results.answers().isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "Latency    p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                    results.latencyMillis(50),
                    results.latencyMillis(90),
                    results.latencyMillis(99),
                    results.latencyMillis(100));
            out.printf(
                    Locale.ROOT,
                    "Of which   p50 %.1f ms, p99 %.1f ms before the request went out; %d answers later than 1 s%n",
                    results.delayMillis(50),
                    results.delayMillis(99),
                    results.late());
        }
        if (retried) {
            print(results.notifications());
        }
        out.printf(Locale.ROOT, "Rate       %.1f per second%n", results.perSecond());
        results.answers().keySet().forEach(this::advise);
        results.failures().keySet().forEach(this::advise);
        out.flush();
    }

    private void print(Results.Notifications notifications) {
        out.printf(
                Locale.ROOT,
                "In the end %d notifications accepted, %d of them by a retry; %d given up; %d retries%n",
                notifications.accepted(),
                notifications.acceptedLater(),
                notifications.givenUp(),
                notifications.retries());
    }

    private static String counts(Map<?, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(count -> count.getKey() + ": " + count.getValue())
                        .collect(Collectors.joining(", "));
    }

    private void advise(int status) {
        switch (status) {
            case 401 ->
                out.printf(
                        Locale.ROOT,
                        "401: the secret differs from those of Ackbox; see --secret and ACKBOX_APP_SECRET.%n");
            case 403 -> out.printf(Locale.ROOT, "403: this address or client certificate is not allowed there.%n");
            case 404 -> out.printf(Locale.ROOT, "404: there is no endpoint at the path of %s.%n", url);
            case 413 ->
                out.printf(
                        Locale.ROOT,
                        "413: the notifications are larger than allowed; a smaller --batch makes them smaller.%n");
            case 503 ->
                out.printf(
                        Locale.ROOT, "503: Ackbox could not store them, or had too much to do; its log says which.%n");
            default -> {}
        }
    }

    private void advise(Failure failure) {
        switch (failure) {
            case CONNECTION_REFUSED, CONNECT_TIMED_OUT ->
                out.printf(Locale.ROOT, "Nobody answers at %s. Is Ackbox running there?%n", url);
            case HOST_NOT_FOUND ->
                out.printf(Locale.ROOT, "There is no host %s; --url says where to send.%n", url.getHost());
            case TLS_FAILED ->
                out.printf(Locale.ROOT, "No TLS connection to %s: is its certificate trusted, and is it https?%n", url);
            default -> {}
        }
    }
}
