package dev.ackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The example bodies in {@code src/test/resources/payloads}. */
public final class Payloads {

    private static final Path ROOT = Path.of("src/test/resources/payloads");

    private Payloads() {}

    /** One body, such as {@code messages/text_full}. */
    public static byte[] read(String name) {
        try {
            return Files.readAllBytes(ROOT.resolve(name + ".json"));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** A notification of one change, whose value has the properties of an object, and a business phone number. */
    public static byte[] change(String field, String value) {
        return ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"" + field
                        + "\",\"value\":{\"metadata\":{\"phone_number_id\":\"1\"}," + value.substring(1) + "}]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The names of all bodies. */
    public static List<String> all() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .flatMap(folder -> in(folder).stream())
                    .toList();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** The names of all bodies in a folder. */
    public static List<String> in(String folder) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.map(
                            file -> folder + "/" + file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
