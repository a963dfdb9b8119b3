package dev.ackbox.ops;

import dev.ackbox.security.AppSecret;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;

/** Sends signed notifications over a connection, one after the other, each of them new. */
final class WarmUpSender implements Closeable {

    private static final String MESSAGE = "\"contacts\":[{\"profile\":{\"name\":\"Warm\"},\"wa_id\":\"15550000000\"}],"
            + "\"messages\":[{\"from\":\"15550000000\",\"id\":\"$id\",\"timestamp\":\"$time\",\"type\":\"text\","
            + "\"text\":{\"body\":\"$text\"}}]";
    private static final String STATUS =
            "\"statuses\":[{\"id\":\"$id\",\"status\":\"delivered\",\"timestamp\":\"$time\","
                    + "\"recipient_id\":\"15550000000\",\"pricing\":{\"billable\":true,\"pricing_model\":\"PMP\","
                    + "\"category\":\"utility\",\"type\":\"regular\"}}]";
    private static final String NOTIFICATION =
            "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":"
                    + "[{\"field\":\"messages\",\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":"
                    + "{\"display_phone_number\":\"15550000001\",\"phone_number_id\":\"1\"},$value}}]}]}";
    private static final String TEXT = "x".repeat(400);
    private static final String LENGTH = "content-length: ";
    private static final String CLOSE = "connection: close";

    private final AppSecret secret;
    private final Clock clock;
    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private long sent;

    WarmUpSender(int port, AppSecret secret, Clock clock) throws IOException {
        this.secret = secret;
        this.clock = clock;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.socket.setTcpNoDelay(true);
        this.socket.setSoTimeout(10_000);
        this.out = socket.getOutputStream();
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Sends one and waits for the answer.
     *
     * @return false where the other side closes the connection, as it does with one that sends without a pause
     */
    boolean send() throws IOException {
        String value = sent++ % 2 == 0 ? MESSAGE : STATUS;
        byte[] body = NOTIFICATION
                .replace("$value", value)
                .replace("$id", "wamid." + UUID.randomUUID())
                .replace("$time", Long.toString(clock.millis() / 1_000))
                .replace("$text", TEXT)
                .getBytes(StandardCharsets.UTF_8);
        String head = "POST / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: facebookexternalua\r\nAccept: */*\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\nX-Hub-Signature-256: "
                + secret.sign(body) + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        return skipAnswer();
    }

    private boolean skipAnswer() throws IOException {
        int length = 0;
        boolean stays = true;
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(line.substring(LENGTH.length()).trim());
            }
            stays &= !line.equalsIgnoreCase(CLOSE);
        }
        in.skipNBytes(length);
        return stays;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
