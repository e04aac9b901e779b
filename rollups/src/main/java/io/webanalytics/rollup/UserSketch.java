package io.webanalytics.rollup;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;

/**
 * An estimate of the number of distinct users, in 64 KiB whatever their number. The sketch of a union is the union of the
 * sketches.
 *
 * @see <a href="https://www.vldb.org/pvldb/vol17/p1655-ertl.pdf">O. Ertl, UltraLogLog, PVLDB 17(7), 2024</a>
 */
final class UserSketch {

    /**
     * Half the width of the 95 % confidence interval of {@link #estimate}, as a share of it: two standard errors of 0.782 /
     * √(2^precision).
     */
    static final double RELATIVE_ERROR = 0.0062;

    /** A set of more users than this takes more room than a sketch. */
    static final int LARGEST_SET = 8_192;

    private static final int PRECISION = 16;

    /** Memory of a sketch, in bytes. */
    static final long BYTES = 1L << PRECISION;

    private final UltraLogLog registers = UltraLogLog.create(PRECISION);

    /** @param hash a result of {@link UserSet#hash} */
    void add(long hash) {
        registers.add(hash);
    }

    void addAll(UserSketch other) {
        registers.add(other.registers);
    }

    long estimate() {
        return Math.round(registers.getDistinctCountEstimate());
    }

    byte[] encode() {
        return registers.getState();
    }

    /** Adds what {@link #encode} wrote. */
    void decode(byte[] encoded) {
        registers.add(UltraLogLog.wrap(encoded));
    }
}
