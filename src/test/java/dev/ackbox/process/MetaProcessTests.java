package dev.ackbox.process;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ServeEventListener;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.ackbox.CommandRun;
import dev.ackbox.JarBuilder;
import dev.ackbox.SignedClient;
import dev.ackbox.graph.Meta;
import dev.ackbox.operator.InboxCommand;
import dev.ackbox.process.Notification.Item;
import dev.ackbox.simulate.SimulateCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service with what plays Meta on both sides: the webhooks and the Graph API. */
class MetaProcessTests {

    private static final int NOTIFICATIONS = 600;
    private static final String PASSWORD = "password-of-the-process-tests";

    /** Requests that have come, answered or not. */
    private static final AtomicInteger ARRIVED = new AtomicInteger();

    @RegisterExtension
    static final WireMockExtension META = WireMockExtension.newInstance()
            .options(WireMockConfiguration.options()
                    .dynamicPort()
                    .bindAddress("127.0.0.1")
                    .extensions(new ServeEventListener() {
                        @Override
                        public void beforeMatch(ServeEvent event, Parameters parameters) {
                            ARRIVED.incrementAndGet();
                        }

                        @Override
                        public String getName() {
                            return "arrivals";
                        }
                    }))
            .build();

    @TempDir
    private Path directory;

    /** The receiver is killed and started again while notifications come, twice over and out of order. */
    @Test
    void nothingIsLostWhileTheReceiverIsKilled() throws Exception {
        AckboxProcess.Launcher launcher = AckboxProcess.in(directory);
        CompletableFuture<CommandRun> simulation;
        try (AckboxProcess first = launcher.start().awaitReady()) {
            // On a thread of its own: it waits for tasks in the common pool, which may have a single thread.
            simulation = CompletableFuture.supplyAsync(
                    () -> CommandRun.of(
                            new SimulateCommand(),
                            ("--as-meta --verify-token token-of-the-process-tests --secret " + AckboxProcess.APP_SECRET
                                            + " --url "
                                            + first.url() + " --count " + NOTIFICATIONS
                                            + " --rate 100 --batch 2 --duplicates 10 --reorder 20 --compress 5000")
                                    .split(" ")),
                    task -> new Thread(task, "simulation").start());
            await().atMost(Duration.ofSeconds(60)).until(() -> first.handled().size() > 100);
            first.kill();
        }
        try (AckboxProcess second = launcher.start().awaitReady()) {
            CommandRun ran = simulation.get(3, TimeUnit.MINUTES);
            assertThat(ran.exitCode()).as(ran.out()).isZero();
            assertThat(ran.out())
                    .contains("Handshake  ok", "660 notifications accepted")
                    .doesNotContain("notifications accepted, 0 of them by a retry");
            second.awaitNothingWaits();
            second.requestStop();
            second.awaitExit(Duration.ofSeconds(30));
        }
        assertThat(StoredRecords.in(directory).items().values())
                .hasSize(2 * NOTIFICATIONS)
                .doesNotHaveDuplicates();
    }

    @Test
    void aHandlerThatIsCalledAgainRepliesOnce() throws Exception {
        metaAnswers(0);
        answering("if (received.attempt() < 3) { throw new IllegalStateException(); }");
        try (AckboxProcess ackbox = launcher().start().awaitReady()) {
            send(ackbox);
            ackbox.awaitNothingWaits();
            assertThat(ackbox.output()).contains("failed in attempt 2").doesNotContain("is a dead letter", Meta.TOKEN);
        }
        assertThat(ARRIVED).hasValue(1);
    }

    /** Nobody knows whether the message was sent: the record becomes a dead letter. */
    @Test
    void aProcessThatIsKilledWhileItSendsDoesNotSendAgain() throws Exception {
        metaAnswers(60_000);
        answering("");
        AckboxProcess.Launcher launcher = launcher();
        try (AckboxProcess first = launcher.start().awaitReady()) {
            send(first);
            await().atMost(Duration.ofSeconds(30)).until(() -> ARRIVED.get() == 1);
            first.kill();
        }
        metaAnswers(0);
        try (AckboxProcess second = launcher.start().awaitReady()) {
            second.awaitOutput("nobody knows whether Meta has sent message 1");
            second.awaitNothingWaits();
        }
        assertThat(ARRIVED).hasValue(1);
    }

    /** The stop interrupts the call to Meta, and the record is not noted as failed: it comes again. */
    @Test
    void aProcessThatIsStoppedWhileItSendsDoesNotSendAgain() throws Exception {
        metaAnswers(60_000);
        answering("");
        AckboxProcess.Launcher launcher = launcher().with("ACKBOX_GRAPH_READTIMEOUT", "1m");
        try (AckboxProcess first = launcher.start().awaitReady()) {
            send(first);
            await().atMost(Duration.ofSeconds(30)).until(() -> ARRIVED.get() == 1);
            first.requestStop();
            first.awaitExit(Duration.ofSeconds(90));
        }
        metaAnswers(0);
        try (AckboxProcess second = launcher.start().awaitReady()) {
            second.awaitOutput("nobody knows whether Meta has sent message 1");
            second.awaitNothingWaits();
        }
        assertThat(ARRIVED).hasValue(1);
    }

    @Test
    void anOperatorHasAReplySentOnceMoreOfWhichNobodyKnows() throws Exception {
        metaAnswers(60_000);
        answering("");
        try (AckboxProcess ackbox = launcher()
                .with("ACKBOX_GRAPH_READTIMEOUT", "5s")
                .with("ACKBOX_MANAGEMENT_PASSWORD", PASSWORD)
                .start()
                .awaitReady()) {
            send(ackbox);
            ackbox.awaitOutput("is a dead letter after attempt 1");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> inbox(ackbox, "dead").out().contains("nobody knows whether Meta has sent message 1"));
            assertThat(ARRIVED).hasValue(1);

            metaAnswers(0);
            assertThat(inbox(ackbox, "requeue", "--field=messages").out()).contains("Records requeued: 1");
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            inbox(ackbox, "find", "--state=completed").out().contains(" messages "));
            assertThat(ARRIVED).hasValue(2);

            assertThat(inbox(ackbox, "replay", "--field=messages").exitCode()).isZero();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> inbox(ackbox, "replay", "--list").out().contains("ended"));
            assertThat(ackbox.output().split("handler-is-sending", -1)).hasSize(4);
            assertThat(ARRIVED).as("messages that Meta was given").hasValue(2);
        }
    }

    private static CommandRun inbox(AckboxProcess ackbox, String command, String... options) {
        List<String> args = new ArrayList<>(List.of(command, "--url=http://127.0.0.1:" + ackbox.managementPort()));
        args.addAll(List.of(options));
        return CommandRun.of(
                new InboxCommand(() -> CommandRun.settings(Map.of("ackbox.management.password", PASSWORD))),
                args.toArray(String[]::new));
    }

    @BeforeEach
    void nothingHasArrived() {
        ARRIVED.set(0);
    }

    private static void metaAnswers(int delayMillis) {
        META.stubFor(any(anyUrl())
                .willReturn(Meta.answer(200, "{\"messages\": [{\"id\": \"wamid.sent\"}]}")
                        .withFixedDelay(delayMillis)));
    }

    private AckboxProcess.Launcher launcher() {
        return AckboxProcess.in(directory)
                .with("ACKBOX_ACCESS_TOKEN", Meta.TOKEN)
                .with("ACKBOX_GRAPH_URL", META.baseUrl())
                .with("ACKBOX_DISPATCH_RETRY_INITIALDELAY", "200ms");
    }

    private static void send(AckboxProcess ackbox) throws Exception {
        new SignedClient(ackbox.url(), AckboxProcess.APP_SECRET)
                .post(Notification.of(List.of(Item.message("wamid.1", "15550001111", "hello")))
                        .body());
    }

    /** A jar with a handler that replies, and then does something else. */
    private void answering(String then) throws Exception {
        Path handlers = Files.createDirectory(directory.resolve("handlers"));
        JarBuilder.forThisVersion()
                .listing("com.example.Bot")
                .source("com.example.Bot", """
                package com.example;

                import dev.ackbox.graph.WhatsApp;
                import dev.ackbox.handler.Handler;
                import dev.ackbox.model.messages.Message;
                import org.springframework.boot.autoconfigure.AutoConfiguration;
                import org.springframework.context.annotation.Bean;

                @AutoConfiguration
                public class Bot {

                    @Bean
                    Handler<Message> botReplies(WhatsApp whatsApp) {
                        return (message, received) -> {
                            System.out.println("handler-is-sending");
                            whatsApp.reply(received, "hi");
                            %s
                        };
                    }
                }
                """.formatted(then))
                .build(handlers.resolve("bot.jar"));
    }
}
