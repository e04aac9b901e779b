package io.webanalytics.reporting;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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
    ResponseEntity<Stats> stats(@RequestParam MultiValueMap<String, String> parameters) {
        Stats stats = query.run(StatsParameters.of(parameters));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(stats);
    }
}
