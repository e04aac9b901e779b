package io.webanalytics.reporting;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.webanalytics.reporting.answer.Answer;
import io.webanalytics.reporting.answer.BreakdownAnswer;
import io.webanalytics.reporting.answer.Realtime;
import io.webanalytics.reporting.answer.Stats;
import io.webanalytics.reporting.answer.Timeseries;
import io.webanalytics.reporting.question.Question;
import io.webanalytics.reporting.question.QuestionReader;
import io.webanalytics.reporting.question.Report;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeTypeUtils;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The reports, as JSON unless the caller asks for CSV. */
@RestController
@Tag(name = "Reports")
class ReportController {

    /** The header of a CSV that counts the entries of the whole list, not only those of this page. */
    static final String TOTAL_COUNT = "Total-Count";

    private final Reports reports;
    private final Clock clock;

    ReportController(Reports reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /**
     * Views, unique users and top paths. A request for one day by its date, and for nothing else, gets just these figures.
     * Other requests may name a period, or a first and a last day, and ask for a comparison with the time before.
     */
    @GetMapping("/stats")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Stats.class)))
    ResponseEntity<?> stats(@RequestParam MultiValueMap<String, String> query, @RequestHeader HttpHeaders headers) {
        return answer(Report.STATS, reports::stats, query, headers);
    }

    /** Views and unique users as a time series. Weeks begin on Monday. The first and the last step may be shorter. */
    @GetMapping("/stats/timeseries")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Timeseries.class)))
    ResponseEntity<?> timeseries(
            @RequestParam MultiValueMap<String, String> query, @RequestHeader HttpHeaders headers) {
        return answer(Report.TIMESERIES, reports::timeseries, query, headers);
    }

    /** Views by path, event type, referrer, hour of the day or weekday. Most views first; hours and weekdays in time order. */
    @GetMapping("/stats/breakdown")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = BreakdownAnswer.class)))
    ResponseEntity<?> breakdown(@RequestParam MultiValueMap<String, String> query, @RequestHeader HttpHeaders headers) {
        return answer(Report.BREAKDOWN, reports::breakdown, query, headers);
    }

    /** Views, unique users and top paths of the last minutes, up to now. */
    @GetMapping("/stats/realtime")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Realtime.class)))
    ResponseEntity<?> realtime(@RequestParam MultiValueMap<String, String> query, @RequestHeader HttpHeaders headers) {
        return answer(Report.REALTIME, reports::realtime, query, headers);
    }

    private ResponseEntity<?> answer(
            Report report,
            Function<Question, ? extends Answer> make,
            MultiValueMap<String, String> query,
            HttpHeaders headers) {
        Question question = QuestionReader.read(report, query, prefersCsv(headers), clock);
        Answer answer = make.apply(question);
        if (question.csv()) {
            return ResponseEntity.ok()
                    .contentType(CsvConverter.CSV)
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            fileName(report, question).toString())
                    .header(TOTAL_COUNT, String.valueOf(answer.entries()))
                    .body(new CsvFile(answer, question.byteOrderMark()));
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer);
    }

    /** Builds a file name of characters that every file system allows. */
    private static ContentDisposition fileName(Report report, Question question) {
        String site = question.filter().siteId().replace(':', '_');
        String days = report == Report.REALTIME
                ? ""
                : "-" + question.days().first() + "-" + question.days().last();
        return ContentDisposition.attachment()
                .filename(site + "-" + report.word() + days + ".csv")
                .build();
    }

    /** Whether {@code Accept} names CSV, and prefers neither JSON nor a wildcard to it. */
    private static boolean prefersCsv(HttpHeaders headers) {
        List<MediaType> accepted = new ArrayList<>(headers.getAccept());
        MimeTypeUtils.sortBySpecificity(accepted);
        return accepted.stream()
                .filter(type ->
                        type.isCompatibleWith(MediaType.APPLICATION_JSON) || type.isCompatibleWith(CsvConverter.CSV))
                .findFirst()
                .filter(type -> type.isConcrete() && type.isCompatibleWith(CsvConverter.CSV))
                .isPresent();
    }
}
