package io.webanalytics.benchmark.hours;

import io.webanalytics.rollup.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Which hours have an event. */
enum Scattering {
    DENSE("one site, one hour after the other", Integer.MAX_VALUE, 1),
    SITES("a hundred hours of each site, one after the other", 100, 1),
    SPARSE("a hundred hours of each site, each in a day of its own", 100, 31);

    private static final Instant FIRST = Instant.parse("2019-01-01T00:00:00Z");

    private final String words;
    private final int hoursOfSite;
    private final int distance;

    Scattering(String words, int hoursOfSite, int distance) {
        this.words = words;
        this.hoursOfSite = hoursOfSite;
        this.distance = distance;
    }

    String words() {
        return words;
    }

    List<Bucket> hours(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Bucket.hour(
                        "site-" + i / hoursOfSite, FIRST.plus(Duration.ofHours((long) (i % hoursOfSite) * distance))))
                .toList();
    }
}
