package io.webanalytics.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parameters that are given as {@code --name=value}, and defaults. Remembers which were read, so that a wrong name shows. */
public final class BenchmarkParameters {

    private final Map<String, String> given;
    private final Map<String, String> used = new HashMap<>();

    private BenchmarkParameters(Map<String, String> given) {
        this.given = given;
    }

    static BenchmarkParameters parse(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (!argument.startsWith("--") || parts.length < 2) {
                throw new IllegalArgumentException("--name=value, not " + argument);
            }
            given.put(parts[0].substring(2), parts[1]);
        }
        return new BenchmarkParameters(given);
    }

    public int number(String name, int otherwise) {
        return Integer.parseInt(text(name, String.valueOf(otherwise)));
    }

    public List<Integer> numbers(String name, Integer... otherwise) {
        String text = text(
                name,
                String.join(",", Arrays.stream(otherwise).map(String::valueOf).toList()));
        List<Integer> numbers = new ArrayList<>();
        for (String number : text.split(",")) {
            numbers.add(Integer.valueOf(number.strip()));
        }
        return numbers;
    }

    public String text(String name, String otherwise) {
        String value = given.getOrDefault(name, otherwise);
        used.put(name, value);
        return value;
    }

    /** Fails if a parameter was given that nothing has read. To be called when all have been read. */
    public void refuseOthers() {
        for (String name : given.keySet()) {
            if (!used.containsKey(name)) {
                throw new IllegalArgumentException("There is no parameter " + name + "; there are " + used.keySet());
            }
        }
    }
}
