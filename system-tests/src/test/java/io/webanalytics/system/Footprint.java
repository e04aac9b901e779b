package io.webanalytics.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service holds on to.
 *
 * @param heapBytes bytes of the objects that survive a full garbage collection
 * @param metricLines lines of its metrics
 */
record Footprint(long heapBytes, long metricLines) {

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    static Footprint of(Service service) {
        return of(service, AccessCaller.ANONYMOUS);
    }

    /** @param operator who may read the metrics */
    static Footprint of(Service service, AccessCaller operator) {
        return new Footprint(
                heapBytes(service.process().pid()),
                operator.get(service.url("/actuator/prometheus")).body().lines().count());
    }

    /** The histogram counts live objects only, so it collects the garbage first. */
    private static long heapBytes(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(jcmd, String.valueOf(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            try (InputStream output = process.getInputStream()) {
                String histogram = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                Matcher total = TOTAL.matcher(histogram);
                if (!total.find()) {
                    throw new IllegalStateException(histogram);
                }
                return Long.parseLong(total.group(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
