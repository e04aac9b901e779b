package io.webanalytics.benchmark.wholesystem;

import io.webanalytics.benchmark.Timings;
import java.util.List;

/**
 * One side of a comparison of access with a key and without, in rounds.
 *
 * @param headers that the requests have
 * @param figures that are compared
 * @param processor CPU time of the service for each request, in µs
 */
record AccessSide(RunningService service, List<String> headers, Timings figures, Timings processor) {

    AccessSide(RunningService service, List<String> headers) {
        this(service, headers, new Timings(), new Timings());
    }

    /** @param requests that were answered */
    record Measured(double figure, long requests) {}

    interface Measurement {
        Measured of(RunningService service, List<String> headers) throws Exception;
    }

    void measure(Measurement measurement) throws Exception {
        double before = service.program().processorSeconds();
        Measured measured = measurement.of(service, headers);
        figures.add(measured.figure);
        processor.add((service.program().processorSeconds() - before) / measured.requests * 1e6);
    }

    /** Returns this side without its first rounds. */
    AccessSide from(int round) {
        return new AccessSide(
                service, headers, figures.between(round, figures.count()), processor.between(round, figures.count()));
    }
}
