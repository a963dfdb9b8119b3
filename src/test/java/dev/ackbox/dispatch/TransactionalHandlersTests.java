package dev.ackbox.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.handler.Handler;
import dev.ackbox.handler.PermanentFailureException;
import dev.ackbox.handler.Received;
import dev.ackbox.handler.RetryLaterException;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.sqlite.Inboxes;
import dev.ackbox.model.json.ChangeReader;
import dev.ackbox.model.messages.Message;
import dev.ackbox.test.MovableClock;
import dev.ackbox.watch.Watch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.sqlite.SQLiteDataSource;

/** Handlers with a transaction of their own, on a real database beside the real inbox. */
@Tag("slow")
@Timeout(60)
class TransactionalHandlersTests {

    /** How the first attempt fails. */
    enum Failure {
        PLAIN(new IllegalStateException()),
        WRAPPED(new IllegalStateException(new RetryLaterException(Duration.ofMinutes(1)))),
        LATER(new RetryLaterException(Duration.ofMinutes(1))),
        PERMANENT(new PermanentFailureException("no such table"));

        private final RuntimeException thrown;

        Failure(RuntimeException thrown) {
            this.thrown = thrown;
        }
    }

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock();

    @ParameterizedTest
    @EnumSource
    void nothingOfAFailedAttemptStaysBehindAProxyOfTheInterface(Failure failure) throws Exception {
        assertThat(bookingsAfter(failure, ProxyOfInterface.class)).isEqualTo(expected(failure));
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfAFailedAttemptStaysBehindASubclass(Failure failure) throws Exception {
        assertThat(bookingsAfter(failure, ProxyOfClass.class)).isEqualTo(expected(failure));
    }

    private static List<String> expected(Failure failure) {
        return failure == Failure.PERMANENT ? List.of() : List.of("wamid.1 in attempt 2");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = false)
    static class ProxyOfInterface {}

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class ProxyOfClass {}

    @Configuration(proxyBeanMethods = false)
    static class Database {

        @Bean
        PlatformTransactionManager transactions(DataSource database) {
            return new DataSourceTransactionManager(database);
        }

        @Bean
        JdbcTemplate jdbc(DataSource database) {
            return new JdbcTemplate(database);
        }

        @Bean
        Bookings bookings(JdbcTemplate jdbc, Failure failure) {
            return new Bookings(jdbc, failure);
        }
    }

    static class Bookings implements Handler<Message> {

        private final JdbcTemplate jdbc;
        private final Failure failure;

        Bookings(JdbcTemplate jdbc, Failure failure) {
            this.jdbc = jdbc;
            this.failure = failure;
        }

        @Override
        @Transactional
        public void handle(Message message, Received received) {
            jdbc.update(
                    "INSERT INTO booking (message, attempt) VALUES (?, ?)", received.messageId(), received.attempt());
            if (received.attempt() == 1) {
                throw failure.thrown;
            }
        }
    }

    /** What is in the table when the record is completed or dead. */
    private List<String> bookingsAfter(Failure failure, Class<?> proxying) throws Exception {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + directory.resolve("bookings.db"));
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.execute("CREATE TABLE booking (message TEXT, attempt INTEGER)");
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.registerBean(DataSource.class, () -> database);
            context.registerBean(Failure.class, () -> failure);
            context.register(Database.class, proxying);
            context.refresh();
            assertThat(AopUtils.isCglibProxy(context.getBean("bookings"))).isEqualTo(proxying == ProxyOfClass.class);
            handle(HandlerRegistry.find(context.getBeanFactory(), DispatchProperties.DEFAULTS));
        }
        return jdbc.query(
                "SELECT message, attempt FROM booking",
                (row, number) -> row.getString("message") + " in attempt " + row.getInt("attempt"));
    }

    private void handle(HandlerRegistry handlers) throws Exception {
        try (Inbox inbox = Inboxes.sqlite(directory, InboxObserver.NONE, clock)) {
            Consumer consumer = inbox.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
            Dispatcher dispatcher = new Dispatcher(
                    consumer,
                    new ChangeReader(),
                    Screen.OPEN,
                    Watch.NONE,
                    handlers,
                    DispatchProperties.DEFAULTS,
                    DispatchObserver.NONE,
                    clock);
            dispatcher.start();
            inbox.append(List.of(message())).get(10, TimeUnit.SECONDS);
            await().until(() -> consumer.backlog().dead() == 1 || Inboxes.failedAttempts(directory) == 1);
            clock.advance(Duration.ofMinutes(2));
            await().until(() -> consumer.backlog().waiting() == 0);
            dispatcher.stop();
        }
    }

    private NewRecord message() {
        String payload = "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"field\":\"messages\","
                + "\"value\":{\"messages\":[{\"id\":\"wamid.1\",\"from\":\"12065550177\",\"type\":\"text\",\"text\":{\"body\":\"a\"}}]}}]}]}";
        return new NewRecord(
                IdempotencyKey.of(0, new byte[20]),
                "default",
                "messages",
                null,
                Lane.CHANGES,
                "conversation",
                null,
                null,
                List.of(),
                clock.instant(),
                payload.getBytes(StandardCharsets.UTF_8));
    }
}
