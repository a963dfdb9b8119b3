package dev.ackbox.benchmark;

import dev.ackbox.security.AppSecret;
import dev.ackbox.security.SecretList;
import dev.ackbox.security.SignatureScheme;
import dev.ackbox.security.VerifyToken;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Tells whether the time of a comparison says where the first wrong byte is: a t-test over rounds, in each of which a signature
 * that is wrong at its beginning and one that is wrong at its end take turns in random order; and the same for verify tokens. The
 * slowest tenth, other work of the machine, is left out. Beyond 4.5 a difference is taken for real, as is usual for such tests.
 */
final class TimingBenchmark {

    private static final int ROUNDS = Integer.getInteger("benchmark.timing-rounds", 60);
    private static final int SAMPLES = 8_000;
    private static final double LEAK = 4.5;
    private static final byte[] BODY = new byte[256];

    private TimingBenchmark() {}

    public static void main(String[] args) {
        AppSecret secret = new AppSecret("current");
        SecretList<AppSecret> secrets = new SecretList<>(AppSecret::new, List.of("current", "previous"));
        String right = secret.sign(BODY);
        compare("signature", header -> isProven(secrets, header), changed(right, 7), changed(right, 70));
        VerifyToken token = new VerifyToken("a-token-of-some-length-that-nobody-knows");
        compare(
                "verify token",
                token::matches,
                "X-token-of-some-length-that-nobody-knows",
                "a-token-of-some-length-that-nobody-knowX");
    }

    private static boolean isProven(SecretList<AppSecret> secrets, String header) {
        return SignatureScheme.META
                .parse(List.of(header))
                .orElseThrow()
                .signedBy(BODY, secrets)
                .isPresent();
    }

    private static String changed(String header, int index) {
        char other = header.charAt(index) == '0' ? '1' : '0';
        return header.substring(0, index) + other + header.substring(index + 1);
    }

    private static void compare(String what, Predicate<String> comparison, String early, String late) {
        Random random = new Random(3);
        for (int i = 0; i < 10 * SAMPLES; i++) {
            requireWrong(comparison.test(early) || comparison.test(late));
        }
        double[] differences = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            differences[round] = difference(comparison, early, late, random);
        }
        double t = mean(differences) / Math.sqrt(variance(differences) / ROUNDS);
        System.out.printf(
                "%-14s %+.2f ns, t = %.2f over %d rounds of %,d: %s%n",
                what,
                mean(differences),
                t,
                ROUNDS,
                SAMPLES,
                Math.abs(t) < LEAK ? "the time tells nothing" : "THE TIME TELLS WHERE IT IS WRONG");
    }

    /** How much longer it takes on average where the beginning is wrong, the slowest tenth of all left out. */
    private static double difference(Predicate<String> comparison, String early, String late, Random random) {
        long[] ofEarly = new long[SAMPLES];
        long[] ofLate = new long[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            if (random.nextBoolean()) {
                ofEarly[i] = time(comparison, early);
                ofLate[i] = time(comparison, late);
            } else {
                ofLate[i] = time(comparison, late);
                ofEarly[i] = time(comparison, early);
            }
        }
        long[] all = Arrays.copyOf(ofEarly, 2 * SAMPLES);
        System.arraycopy(ofLate, 0, all, SAMPLES, SAMPLES);
        Arrays.sort(all);
        long slowest = all[all.length * 9 / 10];
        return mean(upTo(slowest, ofEarly)) - mean(upTo(slowest, ofLate));
    }

    private static double[] upTo(long slowest, long[] nanos) {
        return Arrays.stream(nanos)
                .filter(each -> each <= slowest)
                .asDoubleStream()
                .toArray();
    }

    private static long time(Predicate<String> comparison, String text) {
        // A text of its own each time, as of a request: where one and the same lies in memory would be measured, too.
        String candidate = new String(text.toCharArray());
        long start = System.nanoTime();
        boolean same = comparison.test(candidate);
        long took = System.nanoTime() - start;
        requireWrong(same);
        return took;
    }

    private static void requireWrong(boolean same) {
        if (same) {
            throw new IllegalStateException("What is wrong was taken for right");
        }
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(each -> (each - mean) * (each - mean)).sum() / (values.length - 1);
    }
}
