package dev.ackbox;

import static dev.ackbox.sample.Samples.failed;
import static dev.ackbox.sample.Samples.image;
import static dev.ackbox.sample.Samples.status;
import static dev.ackbox.sample.Samples.templateStatus;
import static dev.ackbox.sample.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ackbox.model.User;
import dev.ackbox.model.messages.MessageStatus;
import dev.ackbox.test.AckboxTest;
import dev.ackbox.test.SentMessage;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.sqlite.SQLiteDataSource;

/** The handlers of the guide, as they stand there, with the example bodies. */
@Tag("slow")
@Timeout(300)
class HandlerGuideTests {

    private static final Path GUIDE = Path.of("src/docs/handlers.md");

    /** Needs Java 21. */
    private static final String SWITCH = "Overview";

    private static final User NADIA = new User(
            "US.4170923358816620457", "12065550177", "US.ENT.7702184493160058231", "Nadia Petrescu", "nadia.petrescu");

    @TempDir
    private static Path directory;

    private static final ClassLoader BEFORE = Thread.currentThread().getContextClassLoader();

    /** As in a service that has these classes on its class path. */
    private static URLClassLoader classes;

    private static final Queue<Call> CALLS = new ConcurrentLinkedQueue<>();

    /** A call of one of the reader's own beans. */
    private record Call(String method, List<Object> arguments) {

        static Call of(String method, Object... arguments) {
            return new Call(method, Arrays.asList(arguments));
        }
    }

    private static final List<String> EIGHT =
            List.of("Answers", "Photos", "Shop", "Campaigns", "Tracking", "Dialogues", "Community", "KnownUsers");

    /** With all of the eight handlers. */
    private static AckboxTest eight;

    @BeforeAll
    static void compile() throws IOException {
        List<String> blocks = new ArrayList<>(DocumentedCode.of(GUIDE));
        List<String> examples = new ArrayList<>(EIGHT);
        if (Runtime.version().feature() < 21) {
            blocks.removeIf(block -> block.contains("class " + SWITCH + " "));
        } else {
            examples.add(SWITCH);
        }
        classes = DocumentedCode.compile(blocks, directory);
        Thread.currentThread().setContextClassLoader(classes);
        eight = AckboxTest.with(Stream.concat(
                                Stream.of(OwnBeans.class), examples.stream().map(HandlerGuideTests::load))
                        .toArray(Class<?>[]::new))
                .at(Instant.ofEpochSecond(1794800274).plusSeconds(60))
                .start();
    }

    @AfterAll
    static void close() throws IOException {
        eight.close();
        classes.close();
        Thread.currentThread().setContextClassLoader(BEFORE);
    }

    @BeforeEach
    void forgetCalls() {
        CALLS.clear();
    }

    /** The reader's own beans: each keeps what it is called with. */
    @Configuration(proxyBeanMethods = false)
    @Import(OwnBeans.Registrar.class)
    static class OwnBeans {

        static class Registrar implements ImportBeanDefinitionRegistrar {

            @Override
            public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
                for (String name : List.of("Gallery", "Orders", "Pager", "Sent", "Bookings", "Chats", "Customers")) {
                    RootBeanDefinition bean = new RootBeanDefinition(load(name));
                    bean.setInstanceSupplier(() -> keeping(load(name)));
                    registry.registerBeanDefinition("own" + name, bean);
                }
            }

            private static Object keeping(Class<?> type) {
                return Proxy.newProxyInstance(classes, new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(type, arguments);
                    }
                    CALLS.add(Call.of(method.getName(), arguments));
                    return method.getReturnType() == Path.class ? directory.resolve("picture") : null;
                });
            }
        }
    }

    private static Class<?> load(String name) {
        try {
            return classes.loadClass(DocumentedCode.PACKAGE + "." + name);
        } catch (ClassNotFoundException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void aTextIsAnswered() {
        send(eight, "messages/text_full");
        int before = eight.meta().sent().size();
        assertThat(eight.meta().sent()).last().satisfies(message -> {
            assertThat(message.recipient()).isEqualTo(NADIA.phoneNumber());
            assertThat(message.text()).isEqualTo("You said: Yes, the blue one please \uD83D\uDC99\nSize 42");
        });
        eight.send(text("late").at(eight.clock().instant().minus(Duration.ofHours(2))));
        send(eight, "_dashboard_test/messages");
        assertThat(eight.meta().sent()).hasSize(before);
    }

    @Test
    void imagesAreCollected() {
        byte[] body = "a picture".getBytes(StandardCharsets.UTF_8);
        eight.meta().addMedia("picture-1", body);
        eight.send(image().with("/image/id", "picture-1").without("/image/sha256"));
        eight.awaitHandled();
        assertThat(CALLS).extracting(Call::method).containsSubsequence("fileOf", "add");
        assertThat(directory.resolve("picture")).hasBinaryContent(body);
    }

    @Test
    void buttonsAreOffered() {
        try (AckboxTest ackbox = AckboxTest.start(load("Support"))) {
            send(ackbox, "messages/text_full");
            assertThat(ackbox.meta().read()).hasSize(1);
            assertThat(ackbox.meta().sent()).extracting(SentMessage::type).containsExactly("interactive");
            ackbox.meta().failNext(10);
            ackbox.send(text("hello"));
            ackbox.await();
            assertThat(ackbox.failed()).hasSize(1);
        }
    }

    @Test
    void anOrderIsPlaced() {
        assertThat(calls("place", "messages/order_full")).singleElement().satisfies(call -> {
            assertThat((String) call.arguments().get(0)).matches("[0-9a-f]{40}");
            assertThat(call.arguments()).element(1).isEqualTo(NADIA);
            assertThat((BigDecimal) call.arguments().get(2)).isEqualByComparingTo("141.90");
        });
    }

    @Test
    void aPausedTemplatePagesSomebody() {
        eight.send(templateStatus("APPROVED"), templateStatus("PAUSED"));
        eight.awaitHandled();
        assertThat(CALLS).containsExactly(Call.of("page", "Template order_on_its_way is paused"));
    }

    @Test
    void aMessageIsFollowed() {
        eight.send(status("read").of("wamid.A"));
        eight.send(failed(131026).of("wamid.B"));
        eight.awaitHandled();
        assertThat(CALLS).hasSize(2).contains(Call.of("advance", "wamid.A", MessageStatus.READ));
        assertThat(CALLS).anySatisfy(call -> {
            assertThat(call.method()).isEqualTo("failed");
            assertThat(call.arguments()).startsWith("wamid.B");
        });
    }

    @Test
    void whatAUserFilledInOrTappedIsTaken() {
        assertThat(calls("add", "messages/interactive_nfm_reply_flow"))
                .singleElement()
                .satisfies(
                        call -> assertThat(call.arguments().get(1)).hasToString("Booking[firstName=Nadia, guests=3]"));
        assertThat(calls("choose", "messages/interactive_list_reply_full")).hasSize(1);
        assertThat(calls("choose", "messages/button_full")).hasSize(2);
    }

    @Test
    void groupsAreTakenPartIn() {
        assertThat(calls("say", "messages/text_forwarded")).isEmpty();
        assertThat(calls("say", "messages/text_group")).hasSize(1);
        assertThat(calls("join", "group_participants_update/full_added")).hasSize(1);
    }

    @Test
    void usersWithoutANumberAreKnown() {
        User owen = new User("GB.8830517746200913352", null, null, "Owen Hartley", "owenhartley");
        assertThat(calls("see", "messages/text_username_without_number"))
                .containsExactly(Call.of("see", "GB.8830517746200913352", owen));
        assertThat(calls("move", "messages/system_user_changed_user_id"))
                .containsExactly(Call.of("move", "GB.8830517746200913352", "GB.2218840517739066201"));
    }

    @Test
    void aSwitchKnowsAllContents() {
        assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(21);
        assertThat(calls("page", "messages/video_minimal"))
                .singleElement()
                .satisfies(
                        call -> assertThat(call.arguments().get(0).toString()).startsWith("a file of type video/"));
    }

    /** How the readers' beans are called by a method's name with a body. */
    private static List<Call> calls(String method, String body) {
        send(eight, body);
        return CALLS.stream().filter(call -> call.method().equals(method)).toList();
    }

    @Test
    void anOrderWithoutProductsIsADeadLetter() {
        try (AckboxTest ackbox = AckboxTest.start(OwnBeans.class, load("Stock"))) {
            ackbox.send(new String(Payloads.read("messages/order_full"))
                    .replaceAll("(?s)\"product_items\": \\[.*?]", "\"product_items\": []"));
            ackbox.await();
            assertThat(ackbox.dead())
                    .singleElement()
                    .satisfies(record -> assertThat(record.reason()).isEqualTo("stock: an order without products"));
        }
    }

    /** A database of the reader's. */
    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Database {

        @Bean
        SQLiteDataSource ownDatabase() {
            SQLiteDataSource database = new SQLiteDataSource();
            database.setUrl("jdbc:sqlite:" + directory.resolve("own.db"));
            return database;
        }

        @Bean
        JdbcTemplate ownJdbc(DataSource database) {
            return new JdbcTemplate(database);
        }

        @Bean
        PlatformTransactionManager ownTransactions(DataSource database) {
            return new DataSourceTransactionManager(database);
        }
    }

    @Test
    void aTransactionIsMadeOnce() throws Exception {
        try (AckboxTest ackbox = AckboxTest.start(Database.class, load("Ledger"))) {
            JdbcTemplate database = ackbox.bean(JdbcTemplate.class);
            database.execute("CREATE TABLE orders (idempotency_key TEXT PRIMARY KEY, user_key TEXT)");
            database.execute("CREATE TABLE product (id TEXT PRIMARY KEY, stock INTEGER)");
            database.execute("INSERT INTO product VALUES ('kettle-17', 10), ('mug-blue', 10)");
            send(ackbox, "messages/order_full");
            assertThat(stock(database)).containsExactly(8, 4);
        }
        // The same record again, as after a crash before Ackbox has stored the success.
        try (AckboxTest ackbox = AckboxTest.start(Database.class, load("Ledger"))) {
            send(ackbox, "messages/order_full");
            assertThat(stock(ackbox.bean(JdbcTemplate.class))).containsExactly(8, 4);
            assertThat(ackbox.calls("ledger")).hasSize(1);
        }
    }

    private static List<Integer> stock(JdbcTemplate database) {
        return database.queryForList("SELECT stock FROM product ORDER BY id", Integer.class);
    }

    @Test
    void theChecksOfTheGuidePass() throws Exception {
        check("ConsoleCheck", "printsWhatCame");
        check("AnswersCheck", "answersOnce");
    }

    private static void check(String name, String method) throws Exception {
        Method check = load(name).getDeclaredMethod(method);
        check.setAccessible(true);
        check.invoke(null);
    }

    private static void send(AckboxTest ackbox, String body) {
        ackbox.send(Payloads.read(body));
        ackbox.awaitHandled();
    }
}
