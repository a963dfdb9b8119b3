package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.SignedClient;
import dev.ackbox.process.Notification.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever copies the sources and adds a handler, in a package and a style of their own. */
class ForkProcessTests {

    /** Indented by one, imports in no order, with warnings of the compiler and of Error Prone. */
    private static final String HANDLER = """
            package com.example.shop;
            import java.util.*;
            import org.springframework.stereotype.Component;
            import dev.ackbox.model.messages.MessagesValue;
            import dev.ackbox.handler.Handler;
            import dev.ackbox.handler.Received;
            @Component
            class Till implements Handler<MessagesValue> {
             public void handle( MessagesValue value, Received received ) throws Exception {
              List seen = new ArrayList( );  seen.add( "a record" );
              new String( "unused" ).trim();
              System.out.println( "The till has seen " + seen ) ; }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void handlersOfAnyPackageAndStyleAreBuiltAndCalled() throws Exception {
        Path fork = Files.createDirectory(directory.resolve("fork"));
        for (String copied : List.of("pom.xml", ".mvn", "src/main")) {
            copy(Path.of(copied), fork.resolve(copied));
        }
        Path handler = fork.resolve("src/main/java/com/example/shop/Till.java");
        Files.createDirectories(handler.getParent());
        Files.writeString(handler, HANDLER);
        maven(fork, "verify", "-Dmaven.javadoc.skip", "-Dcyclonedx.skip", "-Djacoco.skip");

        try (AckboxProcess ackbox = AckboxProcess.in(directory)
                .running(fork.resolve("target/ackbox.jar"))
                .start()
                .awaitReady()) {
            assertThat(ackbox.output())
                    .contains("Handler till takes dev.ackbox.model.messages.MessagesValue, of com.example.shop.Till");
            new SignedClient(ackbox.url(), AckboxProcess.APP_SECRET)
                    .post(Notification.of(List.of(Item.message("wamid.1", "15550001111", "hello")))
                            .body());
            ackbox.awaitNothingWaits();
            assertThat(ackbox.output()).contains("The till has seen [a record]");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy);
            }
        }
    }

    /** Runs the Maven of this build, with its repository, and without a network where this build has none. */
    private void maven(Path project, String... arguments) throws IOException, InterruptedException {
        Path output = directory.resolve("maven.log");
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("maven.home") + "/bin/mvn",
                "--batch-mode",
                "--no-transfer-progress",
                "-Dmaven.repo.local=" + System.getProperty("maven.repo.local")));
        if (Boolean.getBoolean("maven.offline")) {
            command.add("--offline");
        }
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process maven = builder.start();
        try {
            assertThat(maven.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(maven.exitValue()).as(Files.readString(output)).isZero();
        } finally {
            maven.destroyForcibly();
        }
    }
}
