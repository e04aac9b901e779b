package io.webanalytics.reporting;

import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /stats}. */
@RestController
class StatsController {

    private final StatsQuery query;

    StatsController(StatsQuery query) {
        this.query = query;
    }

    @GetMapping("/stats")
    Stats stats(@RequestParam MultiValueMap<String, String> parameters) {
        return query.run(StatsParameters.of(parameters));
    }
}
