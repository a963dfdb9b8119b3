package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.JarBuilder;
import dev.ackbox.SignedClient;
import dev.ackbox.process.Notification.Item;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walk in operator-api.md: a handler with a defect, from its dead letters to their end. Its commands are run as they stand there. */
class OperatorWalkProcessTests {

    private static final String PASSWORD = "correct-horse-battery";
    private static final String HEADING = "## A walk: a handler with a defect";
    private static final String PROGRAM = "java -jar ackbox.jar ";
    private static final int RECORDS = 50;
    private static final Pattern ID = Pattern.compile("(?m)^(\\d+) ");

    @TempDir
    private Path directory;

    @Test
    void fromDeadLettersToTheirEnd() throws Exception {
        List<String> commands = commands();
        Path jar = Files.createDirectory(directory.resolve("handlers")).resolve("orders.jar");
        handler("throw new dev.ackbox.handler.PermanentFailureException(\"no price list\");", jar);
        List<String> answers = new ArrayList<>();
        try (AckboxProcess ackbox = start()) {
            SignedClient client = new SignedClient(ackbox.url(), AckboxProcess.APP_SECRET);
            for (int i = 0; i < RECORDS; i++) {
                client.post(Notification.of(List.of(Item.message("wamid." + i, "1555000" + i, "hello")))
                        .body());
            }
            ackbox.awaitNothingWaits();
            String id = "";
            for (String command : commands.subList(0, 3)) {
                String answer = run(command.replace("4711", id), ackbox);
                answers.add(answer);
                Matcher first = ID.matcher(answer);
                id = id.isEmpty() && first.find() ? first.group(1) : id;
            }
            assertThat(answers.get(0)).containsPattern("handlers +50 +0 +0 +0 +0 +50");
            assertThat(answers.get(1)).contains("orders: no price list").hasLineCount(RECORDS + 1);
            assertThat(answers.get(2)).containsPattern("attempt 1 +\\S+ orders: no price list");
            ackbox.requestStop();
            ackbox.awaitExit(Duration.ofSeconds(60));
        }
        handler("System.out.println(\"handled \" + received.messageId());", jar);
        try (AckboxProcess ackbox = start()) {
            assertThat(run(commands.get(3), ackbox)).contains("would be requeued: 50");
            assertThat(run(commands.get(4), ackbox)).contains("Records requeued: 50");
            ackbox.awaitNothingWaits();
            assertThat(run(commands.get(5), ackbox)).containsPattern("handlers +50 +50 +0 +0 +0 +0");
            for (int i = 0; i < RECORDS; i++) {
                assertThat(ackbox.output()).containsOnlyOnce("handled wamid." + i + "\n");
            }
            assertThat(run("inbox check " + AckboxProcess.dataIn(directory), ackbox))
                    .containsPattern("integrity +ok");
        }
        assertThat(commands).hasSize(6);
    }

    private AckboxProcess start() {
        return AckboxProcess.in(directory)
                .with("ACKBOX_MANAGEMENT_PASSWORD", PASSWORD)
                .start()
                .awaitReady();
    }

    private static void handler(String statement, Path jar) throws Exception {
        JarBuilder.forThisVersion()
                .listing("com.example.Shop")
                .source("com.example.Shop", """
                package com.example;

                import dev.ackbox.handler.Handler;
                import dev.ackbox.model.messages.Content;
                import org.springframework.boot.autoconfigure.AutoConfiguration;
                import org.springframework.context.annotation.Bean;

                @AutoConfiguration
                public class Shop {

                    @Bean
                    Handler<Content.Text> orders() {
                        return (text, received) -> {
                            %s
                        };
                    }
                }
                """.formatted(statement))
                .build(jar);
    }

    private static List<String> commands() throws Exception {
        String docs = Files.readString(Path.of("src/docs/operator-api.md"));
        String walk = docs.substring(docs.indexOf(HEADING));
        return walk.substring(0, walk.indexOf("\n## "))
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(PROGRAM))
                .map(line -> line.substring(PROGRAM.length()))
                .toList();
    }

    private String run(String command, AckboxProcess ackbox) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("ackbox.jar")));
        line.addAll(List.of(command.split(" ")));
        line.add("--url=http://127.0.0.1:" + ackbox.managementPort());
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("ACKBOX_MANAGEMENT_PASSWORD", PASSWORD);
        Process process = builder.start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + "\n" + answer).isZero();
        await().atMost(Duration.ofSeconds(1)).until(() -> !process.isAlive());
        return answer;
    }
}
