package io.webanalytics.system;

import io.webanalytics.testing.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics of a service, as {@code /actuator/prometheus} shows them.
 *
 * @param descriptions of each family, by its name
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format">the format</a>
 */
record Metrics(Map<String, String> descriptions, List<Sample> samples) {

    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) ?(.*)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:]\\w*)(\\{.*})? (\\S+)");

    /** @param labels as they stand there, in braces */
    record Sample(String name, String labels, double value) {}

    static Metrics of(Service service) {
        Map<String, String> descriptions = new TreeMap<>();
        List<Sample> samples = new ArrayList<>();
        for (String line : Http.get(service.url("/actuator/prometheus")).body().split("\n")) {
            Matcher help = HELP.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                descriptions.put(help.group(1), help.group(2));
            } else if (sample.matches()) {
                String labels = sample.group(2) == null ? "" : sample.group(2);
                samples.add(new Sample(sample.group(1), labels, Double.parseDouble(sample.group(3))));
            }
        }
        return new Metrics(descriptions, samples);
    }

    /** Returns the sum of the samples with a label, or of all samples; not a number if there is none. */
    double sum(String name, String label) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name) && sample.labels().contains(label))
                .mapToDouble(Sample::value)
                .reduce(Double::sum)
                .orElse(Double.NaN);
    }

    double sum(String name) {
        return sum(name, "");
    }
}
