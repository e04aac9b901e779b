package io.webanalytics.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Measured values of one kind, one for each round. */
public final class Timings {

    private final List<Double> values = new ArrayList<>();

    public void add(double value) {
        values.add(value);
    }

    public int count() {
        return values.size();
    }

    public double get(int round) {
        return values.get(round);
    }

    /** Returns the ratio to the others in each round. */
    public Timings per(Timings others) {
        Timings ratios = new Timings();
        for (int round = 0; round < values.size(); round++) {
            ratios.add(values.get(round) / others.get(round));
        }
        return ratios;
    }

    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double smallest() {
        return Collections.min(values);
    }

    double largest() {
        return Collections.max(values);
    }

    /** Returns the values of some rounds: {@code from} is included, {@code to} is not. */
    public Timings between(int from, int to) {
        Timings some = new Timings();
        values.subList(from, to).forEach(some::add);
        return some;
    }

    /** The median, and in brackets the smallest and the largest. */
    @Override
    public String toString() {
        return format(median()) + " (" + format(smallest()) + "–" + format(largest()) + ")";
    }

    /** Formats a value with three digits or more. */
    public static String format(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
