package io.webanalytics.reporting.answer;

import io.webanalytics.reporting.count.Ranking;
import java.util.List;
import java.util.stream.Stream;

/**
 * A path and its views.
 *
 * @param path the path, as it was sent
 * @param views its views
 */
public record PathViews(String path, long views) {

    static Stream<List<?>> rows(List<PathViews> paths) {
        return paths.stream().map(path -> List.of("top_paths", path.path, path.views));
    }

    public static List<PathViews> of(Ranking ranking) {
        return ranking.rows().stream()
                .map(row -> new PathViews(row.value(), row.views()))
                .toList();
    }
}
