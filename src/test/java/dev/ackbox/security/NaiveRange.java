package dev.ackbox.security;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Random;

/** A range as one would write it down without a thought for speed, to compare with. */
record NaiveRange(int bits, BigInteger first, int length) {

    static NaiveRange of(String range) throws UnknownHostException {
        String[] parts = range.split("/");
        byte[] address = InetAddress.getByName(parts[0]).getAddress();
        return new NaiveRange(address.length * 8, new BigInteger(1, address), Integer.parseInt(parts[1]));
    }

    static NaiveRange random(Random random) {
        int bits = random.nextBoolean() ? 32 : 128;
        int length = 1 + random.nextInt(bits);
        BigInteger first =
                new BigInteger(bits, random).shiftRight(bits - length).shiftLeft(bits - length);
        return new NaiveRange(bits, first, length);
    }

    BigInteger last() {
        return first.add(BigInteger.ONE.shiftLeft(bits - length)).subtract(BigInteger.ONE);
    }

    boolean contains(int bitsOfAddress, BigInteger address) {
        return bits == bitsOfAddress && first.compareTo(address) <= 0 && address.compareTo(last()) <= 0;
    }

    BigInteger anywhere(Random random) {
        return new BigInteger(bits, random);
    }

    /** At most two away from the first or the last address. */
    BigInteger closeBy(Random random) {
        BigInteger end = random.nextBoolean() ? first : last();
        return end.add(BigInteger.valueOf(random.nextInt(5) - 2)).mod(BigInteger.ONE.shiftLeft(bits));
    }

    String text(BigInteger address) throws UnknownHostException {
        return InetAddress.getByAddress(bytes(address, bits)).getHostAddress();
    }

    static byte[] bytes(BigInteger address, int bits) {
        byte[] raw = address.toByteArray();
        byte[] bytes = new byte[bits / 8];
        int size = Math.min(raw.length, bytes.length);
        System.arraycopy(raw, raw.length - size, bytes, bytes.length - size, size);
        return bytes;
    }

    @Override
    public String toString() {
        try {
            return text(first) + "/" + length;
        } catch (UnknownHostException ex) {
            throw new IllegalStateException(Arrays.toString(bytes(first, bits)), ex);
        }
    }
}
