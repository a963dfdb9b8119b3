package dev.ackbox.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** What tells one state of a file from another without reading it. Of a symbolic link: of what it leads to. */
record Fingerprint(
        FileTime modified,
        long size,
        boolean regular,
        @Nullable Object key) {

    /** Absent where there is no file, or none that one may look at. */
    static @Nullable Fingerprint of(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return new Fingerprint(found.lastModifiedTime(), found.size(), found.isRegularFile(), found.fileKey());
        } catch (IOException ex) {
            return null;
        }
    }
}
