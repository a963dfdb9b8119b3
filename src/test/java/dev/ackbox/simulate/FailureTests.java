package dev.ackbox.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTests {

    static Stream<Arguments> reported() {
        return Stream.of(
                Arguments.of(new ConnectException(), "connection refused"),
                Arguments.of(new ConnectException().initCause(new UnresolvedAddressException()), "host not found"),
                Arguments.of(new HttpConnectTimeoutException("late"), "connect timed out"),
                Arguments.of(new HttpTimeoutException("late"), "answer timed out"),
                Arguments.of(new SSLHandshakeException("unknown"), "tls failed"),
                Arguments.of(new IOException(new EOFException()), "connection lost"));
    }

    @ParameterizedTest
    @MethodSource("reported")
    void tellsKindsApart(Throwable reported, String kind) {
        assertThat(Failure.of(reported)).hasToString(kind);
        assertThat(Failure.of(new CompletionException(reported))).hasToString(kind);
    }
}
