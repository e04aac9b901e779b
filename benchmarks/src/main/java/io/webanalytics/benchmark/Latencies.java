package io.webanalytics.benchmark;

import java.util.Arrays;

/** The latencies of many operations, in nanoseconds. */
public final class Latencies {

    private long[] nanos = new long[1 << 16];
    private int count;

    public void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = duration;
    }

    public int count() {
        return count;
    }

    /**
     * Returns the latency that a share of them does not exceed, in milliseconds.
     *
     * @param share more than 0, at most 1
     */
    public double percentile(double share) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * count) - 1] / 1e6;
    }
}
