package dev.ackbox;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Every line that is logged at whatever level is on, of every thread. The service sets logging up anew as it starts, which takes
 * away whatever was added before; so the tap stands in {@code logback-test.xml}.
 */
public final class CapturedLog implements AutoCloseable {

    private static final List<CapturedLog> OPEN = new CopyOnWriteArrayList<>();

    private final Queue<Line> lines = new ConcurrentLinkedQueue<>();

    /** One line with all that an appender could print of it. */
    public record Line(Level level, String logger, String text) {}

    /** Where the lines come from. */
    public static final class Tap extends AppenderBase<ILoggingEvent> {

        @Override
        protected void append(ILoggingEvent event) {
            if (!OPEN.isEmpty()) {
                Line line = new Line(event.getLevel(), event.getLoggerName(), text(event));
                OPEN.forEach(log -> log.lines.add(line));
            }
        }

        private static String text(ILoggingEvent event) {
            return String.join(
                    " ",
                    event.getThreadName(),
                    event.getFormattedMessage(),
                    text(event.getArgumentArray()),
                    String.valueOf(event.getMDCPropertyMap()),
                    String.valueOf(event.getKeyValuePairs()),
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }

        private static String text(Object[] arguments) {
            return arguments == null
                    ? ""
                    : Arrays.stream(arguments)
                            .map(argument -> argument instanceof Object[] array
                                    ? Arrays.deepToString(array)
                                    : String.valueOf(argument))
                            .collect(Collectors.joining(" "));
        }
    }

    /** Begins at once. */
    public CapturedLog() {
        OPEN.add(this);
    }

    /** What was logged so far. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    public void forget() {
        lines.clear();
    }

    /** Ends it, and turns the levels down again for those who come next. */
    @Override
    public void close() {
        OPEN.remove(this);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        context.getLoggerList().stream().filter(logger -> logger != root).forEach(logger -> logger.setLevel(null));
        root.setLevel(Level.WARN);
    }
}
