package io.webanalytics.benchmark.reports;

import io.webanalytics.benchmark.BenchmarkParameters;
import java.util.List;

/**
 * The sizes and numbers of rounds.
 *
 * @param parts which of the three parts are run
 * @param warmUp times that each query is asked before it is timed
 * @param rounds times that each query is asked
 * @param monthRounds times that 30 days of the heavy site's events are aggregated
 * @param sizes events of the growing collection
 * @param asked events of the growing collection in the days of the queries
 */
record Settings(
        List<String> parts, int warmUp, int rounds, int monthRounds, List<Integer> sizes, int asked, HeavySite heavy) {

    static Settings of(BenchmarkParameters parameters, boolean small) {
        int rounds = parameters.number("rounds", 5);
        return new Settings(
                List.of(parameters.text("parts", "growing,heavy,running").split(",")),
                parameters.number("warm-up", 10),
                rounds,
                parameters.number("month-rounds", 5),
                small
                        ? parameters.numbers("growing.sizes", 10_000, 50_000)
                        : parameters.numbers("growing.sizes", 100_000, 1_000_000, 10_000_000),
                parameters.number("growing.asked", small ? 3_000 : 30_000),
                HeavySite.of(parameters, small));
    }
}
