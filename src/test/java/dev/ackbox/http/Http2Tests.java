package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ackbox.AckboxApplication;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.core.NestedExceptionUtils;

/** HTTP/2 on the public port, where nothing would bound its requests, and its connections would be cut off. */
@Tag("socket")
class Http2Tests {

    @TempDir
    private Path directory;

    @Test
    void stopsTheStart() {
        Throwable failure = catchThrowable(() -> SpringApplication.run(
                        AckboxApplication.class,
                        "--server.port=0",
                        "--management.server.port=0",
                        "--server.http2.enabled=true",
                        "--ackbox.inbox.sqlite.directory=" + directory,
                        "--ackbox.endpoints.default.verify-tokens=token",
                        "--ackbox.endpoints.default.app-secrets=secret")
                .close());
        assertThat(NestedExceptionUtils.getRootCause(failure))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("server.http2.enabled");
    }
}
