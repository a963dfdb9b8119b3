package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.DocumentedCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the packaged jar is made of, by the bill of materials inside it. */
class SupplyChainProcessTests {

    /** Where a library is offered under several licences, one of these is enough. */
    private static final Set<String> ALLOWED =
            Set.of("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EPL-2.0", "MIT");

    /** Put into the jar by the packaging itself, not by a dependency. */
    private static final String FROM_PACKAGING = "BOOT-INF/lib/spring-boot-jarmode-tools-";

    /** What is declared above it is Ackbox's. */
    private static final String END_OF_OWN_LIBRARIES = "<!-- Libraries of your own handlers go below this line.";

    private static JsonNode bill;

    /** All, with those of handlers that somebody has added. */
    private static List<Library> libraries;

    /** Those that Ackbox declares, and what these need. */
    private static List<Library> ownLibraries;

    /**
     * A dependency.
     *
     * @param id its name in the bill
     * @param licences SPDX identifiers; names where there is none
     */
    private record Library(String id, String group, String name, Set<String> licences, String sha256) {

        static Library of(JsonNode component) {
            return new Library(
                    component.path("bom-ref").asString(),
                    component.path("group").asString(),
                    component.path("name").asString(),
                    elements(component.path("licenses"))
                            .map(Library::licence)
                            .collect(Collectors.toCollection(TreeSet::new)),
                    elements(component.path("hashes"))
                            .filter(hash -> hash.path("alg").asString().equals("SHA-256"))
                            .map(hash -> hash.path("content").asString())
                            .findFirst()
                            .orElse(""));
        }

        private static String licence(JsonNode choice) {
            JsonNode licence = choice.path("license");
            return choice.path("expression")
                    .asString(licence.path("id").asString(licence.path("name").asString("")));
        }

        private static Stream<JsonNode> elements(JsonNode array) {
            return StreamSupport.stream(array.spliterator(), false);
        }
    }

    @BeforeAll
    static void readBillOfMaterials() throws IOException {
        try (JarFile jar = openJar();
                InputStream json = jar.getInputStream(jar.getJarEntry("META-INF/sbom/application.cdx.json"))) {
            bill = new JsonMapper().readTree(json);
        }
        libraries = Library.elements(bill.path("components")).map(Library::of).toList();
        Set<String> own = needsOf(declared());
        ownLibraries =
                libraries.stream().filter(library -> own.contains(library.id())).toList();
        assertThat(ownLibraries).hasSizeGreaterThan(10);
    }

    /** The libraries that Ackbox itself declares. */
    private static Set<String> declared() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String own = pom.substring(pom.indexOf("<dependencies>"), pom.indexOf(END_OF_OWN_LIBRARIES));
        return libraries.stream()
                .filter(library -> own.contains("<artifactId>" + library.name() + "</artifactId>"))
                .map(Library::id)
                .collect(Collectors.toSet());
    }

    private static Set<String> needsOf(Set<String> ids) {
        Set<String> found = new TreeSet<>(ids);
        boolean grown;
        do {
            grown = found.addAll(Library.elements(bill.path("dependencies"))
                    .filter(library -> found.contains(library.path("ref").asString()))
                    .flatMap(library -> Library.elements(library.path("dependsOn")))
                    .map(JsonNode::asString)
                    .toList());
        } while (grown);
        return found;
    }

    private static JarFile openJar() throws IOException {
        return new JarFile(System.getProperty("ackbox.jar"));
    }

    @Test
    void eachLibraryInTheJarStandsInTheBillByItsDigest() throws Exception {
        Set<String> digests = libraries.stream().map(Library::sha256).collect(Collectors.toSet());
        try (JarFile jar = openJar()) {
            List<JarEntry> entries = jar.stream()
                    .filter(entry -> entry.getName().matches("BOOT-INF/lib/.+\\.jar"))
                    .filter(entry -> !entry.getName().startsWith(FROM_PACKAGING))
                    .toList();
            assertThat(entries).hasSizeGreaterThan(10);
            for (JarEntry entry : entries) {
                assertThat(digests).as(entry.getName()).contains(sha256(jar, entry));
            }
        }
    }

    private static String sha256(JarFile jar, JarEntry entry) throws IOException, NoSuchAlgorithmException {
        try (InputStream library = jar.getInputStream(entry)) {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(library.readAllBytes()));
        }
    }

    @Test
    void eachLibraryIsUnderALicenceThatIsAllowed() {
        assertThat(ownLibraries)
                .allSatisfy(library -> assertThat(library.licences()).containsAnyElementsOf(ALLOWED));
    }

    @Test
    void licencesOfEachGroupStandInTheGuide() throws IOException {
        TreeMap<String, Set<String>> groups = new TreeMap<>();
        for (Library library : ownLibraries) {
            groups.computeIfAbsent(library.group(), group -> new TreeSet<>())
                    .add(String.join(" or ", library.licences()));
        }
        String rows = groups.entrySet().stream()
                .map(group -> "| `" + group.getKey() + "` | " + String.join("; ", group.getValue()) + " |\n")
                .collect(Collectors.joining());
        String guide = Files.readString(Path.of("src/docs/supply-chain.md"), StandardCharsets.UTF_8);
        assertThat(guide).contains("|---|---|\n" + rows + "\n");
    }

    @Test
    void theCommandsOfTheGuidePrintTheBill() throws Exception {
        List<DocumentedCommand> commands = DocumentedCommand.all().stream()
                .filter(command -> command.page().equals("supply-chain.md"))
                .toList();
        assertThat(commands).hasSize(2);
        for (DocumentedCommand command : commands) {
            String here = command.text().replace("target/ackbox.jar", System.getProperty("ackbox.jar"));
            Process shell = new ProcessBuilder("bash", "-c", "set -o pipefail\n" + here).start();
            String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(shell.waitFor()).as(command.text()).isZero();
            assertThat(printed).contains("pkg:maven/org.xerial/sqlite-jdbc", "Apache-2.0");
        }
    }
}
