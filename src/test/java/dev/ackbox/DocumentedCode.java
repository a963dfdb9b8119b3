package dev.ackbox;

import static java.util.function.Predicate.not;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The Java code of a page of the documentation, compiled. */
public final class DocumentedCode {

    static final String PACKAGE = "com.example";

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TYPE =
            Pattern.compile("^(?:public )?(?:class|interface|record) (\\w+)", Pattern.MULTILINE);
    private static final Pattern IMPORT = Pattern.compile("^import .*;\n", Pattern.MULTILINE);

    private DocumentedCode() {}

    /** The blocks of code of a page. */
    public static List<String> of(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /**
     * Compiles blocks together. Those without a type only have imports, which the others share.
     *
     * @return loads the classes
     */
    static URLClassLoader compile(List<String> blocks, Path directory) throws IOException {
        String imports = blocks.stream().filter(not(DocumentedCode::hasType)).collect(Collectors.joining());
        List<Path> sources = new ArrayList<>();
        for (String block : blocks) {
            if (hasType(block)) {
                sources.add(Files.writeString(directory.resolve(nameOf(block) + ".java"), source(imports, block)));
            }
        }
        StringWriter messages = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiles = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of(
                                    "-parameters",
                                    "-d",
                                    directory.toString(),
                                    "-classpath",
                                    System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!compiles) {
                throw new AssertionError("The documented code does not compile:\n" + messages);
            }
        }
        return new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, Thread.currentThread().getContextClassLoader());
    }

    private static boolean hasType(String block) {
        return TYPE.matcher(block).find();
    }

    static String nameOf(String block) {
        Matcher type = TYPE.matcher(block);
        if (!type.find()) {
            throw new IllegalArgumentException("There is no type in:\n" + block);
        }
        return type.group(1);
    }

    private static String source(String imports, String block) {
        String own = IMPORT.matcher(block).results().map(match -> match.group()).collect(Collectors.joining());
        return "package " + PACKAGE + ";\n" + imports + own
                + IMPORT.matcher(block).replaceAll("");
    }
}
