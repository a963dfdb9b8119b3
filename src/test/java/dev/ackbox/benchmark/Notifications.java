package dev.ackbox.benchmark;

import dev.ackbox.security.AppSecret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** Writes signed requests, each about a message or status of its own, from one of many users, of the current second. */
final class Notifications {

    static final String PATH = "/webhooks/whatsapp";

    /** Of a message's body. */
    private static final int MESSAGE_BYTES = 1024;

    private static final int USERS = 10_000;

    private static final String MESSAGE = """
            {"object":"whatsapp_business_account","entry":[{"id":"211504987306412","changes":[{"value":\
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"12065550142",\
            "phone_number_id":"318840776125093"},"contacts":[{"profile":{"name":"Nadia Petrescu"},\
            "wa_id":"$user","user_id":"US.417092335881$user"}],"messages":[{"from":"$user",\
            "from_user_id":"US.417092335881$user","id":"$wamid","timestamp":"$time","type":"text",\
            "text":{"body":"$text"}}]},"field":"messages"}]}]}""";

    private static final String STATUS = """
            {"object":"whatsapp_business_account","entry":[{"id":"211504987306412","changes":[{"value":\
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"12065550142",\
            "phone_number_id":"318840776125093"},"contacts":[{"wa_id":"$user","user_id":"US.417092335881$user"}],\
            "statuses":[{"id":"$wamid","status":"delivered","timestamp":"$time","recipient_id":"$user",\
            "recipient_user_id":"US.417092335881$user","pricing":{"billable":true,"pricing_model":"PMP",\
            "category":"marketing","type":"regular"}}]},"field":"messages"}]}]}""";

    private static final String HISTORY = """
            {"object":"whatsapp_business_account","entry":[{"id":"211504987306412","changes":[{"value":\
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"12065550142",\
            "phone_number_id":"318840776125093"},"history":[{"metadata":{"phase":1,"chunk_order":%d,"progress":80},\
            "threads":[{"id":"12065550177","messages":[%s]}]}]},"field":"history"}]}]}""";

    private static final String HISTORY_MESSAGE = """
            {"from":"12065550142","to":"12065550177","id":"$wamid","timestamp":"$time","type":"text",\
            "text":{"body":"Your order is ready"},"history_context":{"status":"DELIVERED"}}""";

    private final AppSecret secret = new AppSecret(BenchmarkServer.SECRET);
    private final String run = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE)
            .toUpperCase();
    private long count;

    /** So many messages. */
    Requests messages(int count) {
        Requests requests = new Requests(count, MESSAGE_BYTES + 512);
        for (int i = 0; i < count; i++) {
            requests.add(message());
        }
        return requests;
    }

    /** So many, of which one in so many is a message and the others are statuses. */
    Requests mixed(int count, int messageOneIn) {
        Requests requests = new Requests(count, MESSAGE_BYTES + 512);
        for (int i = 0; i < count; i++) {
            requests.add(i % messageOneIn == 0 ? message() : request(fill(STATUS)));
        }
        return requests;
    }

    /** The body of a message. */
    String text(String text) {
        return fill(MESSAGE).replace("$text", text);
    }

    /** The body of a chunk of a phone number's history that has at least so many bytes. */
    String historyChunk(int order, int bytes) {
        StringBuilder messages = new StringBuilder(bytes + 2 * HISTORY_MESSAGE.length());
        while (messages.length() < bytes) {
            messages.append(messages.isEmpty() ? "" : ",").append(fill(HISTORY_MESSAGE));
        }
        return HISTORY.formatted(order, messages);
    }

    private byte[] message() {
        String body = fill(MESSAGE);
        int missing = MESSAGE_BYTES - (body.length() - "$text".length());
        return request(body.replace("$text", "x".repeat(missing)));
    }

    private String fill(String template) {
        long number = ++count;
        long user = 12_060_000_000L + number * 7_919 % USERS;
        StringBuilder filled = new StringBuilder(MESSAGE_BYTES);
        int from = 0;
        for (int at = template.indexOf('$'); at >= 0; at = template.indexOf('$', from)) {
            filled.append(template, from, at);
            from = at + 5;
            switch (template.substring(at, from)) {
                case "$user" -> filled.append(user);
                case "$time" -> filled.append(System.currentTimeMillis() / 1000);
                case "$wami" -> {
                    filled.append("wamid.HBgLMTIwNj")
                            .append(run)
                            .append(1_000_000_000_000L + number)
                            .append("==");
                    from++;
                }
                default -> filled.append("$text");
            }
        }
        return filled.append(template, from, template.length()).toString();
    }

    private byte[] request(String json) {
        byte[] body = json.getBytes(StandardCharsets.US_ASCII);
        String head = "POST " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n"
                + "Content-Type: application/json\r\nX-Hub-Signature-256: " + secret.sign(body)
                + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length);
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        return request.toByteArray();
    }
}
