package dev.ackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** Compiles sources against the classes of this build, as Maven does against the installed library, and packs them. */
public final class JarBuilder {

    private static final String CONFIGURATIONS =
            "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

    private final Path work;
    private final Manifest manifest = new Manifest();
    private final List<Path> classPath = new ArrayList<>();

    private JarBuilder(Path work) {
        this.work = work;
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    }

    /** A jar without anything in it. */
    public static JarBuilder empty() throws IOException {
        return new JarBuilder(Files.createTempDirectory("jar-builder"));
    }

    /** A jar that says it is made for this version of Ackbox. */
    public static JarBuilder forThisVersion() throws IOException {
        return empty().madeFor(thisVersion());
    }

    /** The version of this build. */
    public static String thisVersion() throws IOException {
        return PropertiesLoaderUtils.loadProperties(new ClassPathResource("META-INF/build-info.properties"))
                .getProperty("build.version");
    }

    public JarBuilder madeFor(String version) {
        manifest.getMainAttributes().putValue("Ackbox-Version", version);
        return this;
    }

    /** The sources and resources of a Maven project. */
    public JarBuilder project(Path directory) throws IOException {
        copy(directory.resolve("src/main/java"), sources());
        copy(directory.resolve("src/main/resources"), classes());
        return this;
    }

    public JarBuilder source(String className, String text) throws IOException {
        return write(sources().resolve(className.replace('.', '/') + ".java"), text);
    }

    /** A jar that the sources need. */
    public JarBuilder using(Path jar) {
        classPath.add(jar);
        return this;
    }

    public JarBuilder listing(String... configurations) throws IOException {
        return write(classes().resolve(CONFIGURATIONS), String.join("\n", configurations) + "\n");
    }

    /** Any other file in the jar. */
    public JarBuilder resource(String name, String text) throws IOException {
        return write(classes().resolve(name), text);
    }

    private Path sources() {
        return work.resolve("sources");
    }

    private Path classes() {
        return work.resolve("classes");
    }

    private JarBuilder write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Writes the jar, and returns it. */
    public Path build(Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        Files.createDirectories(classes());
        compile();
        try (JarOutputStream output = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Path file : files(classes())) {
                output.putNextEntry(new JarEntry(classes().relativize(file).toString()));
                Files.copy(file, output);
            }
        }
        return jar;
    }

    private void compile() throws IOException {
        List<Path> sources = files(sources());
        if (sources.isEmpty()) {
            return;
        }
        String path = Stream.concat(
                        Stream.of(System.getProperty("java.class.path")),
                        classPath.stream().map(Path::toString))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> options = List.of(
                "--release", "17", "-parameters", "-proc:none", "-d", classes().toString(), "-cp", path);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(
                            output, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as(output.toString()).isTrue();
        }
    }
}
