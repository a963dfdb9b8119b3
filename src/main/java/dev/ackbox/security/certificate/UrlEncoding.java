package dev.ackbox.security.certificate;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Undoes URL encoding, of which there are two: in Base64 a {@code +} is a {@code +}, in a query it is a space. */
final class UrlEncoding {

    private UrlEncoding() {}

    /** Leaves {@code +} as it is. */
    static String decode(String encoded) throws RefusedException {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(encoded));
            ByteBuffer decoded = ByteBuffer.allocate(bytes.remaining());
            while (bytes.hasRemaining()) {
                byte next = bytes.get();
                decoded.put(next == '%' ? hex(bytes) : next);
            }
            return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
        } catch (CharacterCodingException ex) {
            throw new RefusedException(RefusalReason.MALFORMED_HEADER);
        }
    }

    /** Takes {@code +} for a space. */
    static String decodeQuery(String encoded) throws RefusedException {
        return decode(encoded.replace('+', ' '));
    }

    private static byte hex(ByteBuffer bytes) throws RefusedException {
        if (bytes.remaining() >= 2) {
            byte high = bytes.get();
            byte low = bytes.get();
            if (HexFormat.isHexDigit(high) && HexFormat.isHexDigit(low)) {
                return (byte) (HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low));
            }
        }
        throw new RefusedException(RefusalReason.MALFORMED_HEADER);
    }
}
