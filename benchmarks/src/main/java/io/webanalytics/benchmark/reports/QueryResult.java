package io.webanalytics.benchmark.reports;

import io.webanalytics.rollup.DistinctUsers;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The result of a query, by the report or by the aggregation, in a form that can be compared.
 *
 * @param rows views of each path, most first, or of each day: {@code value=views}
 * @param users distinct users: one number for all, or one for each day, or empty
 * @param exact whether users were counted one by one
 */
record QueryResult(List<String> rows, List<Long> users, boolean exact) {

    /** How far estimated users may be off: four standard errors, so that chance alone does not fail a run. */
    private static final double TOLERANCE = 2 * DistinctUsers.RELATIVE_ERROR;

    static QueryResult of(ReportQuery query, JsonNode report) {
        List<String> rows = new ArrayList<>();
        List<Long> users = new ArrayList<>();
        switch (query.kind()) {
            case STATS_DAY, STATS_MONTH -> {
                rows.add("all=" + report.get("total_views").asLong());
                report.get("top_paths")
                        .forEach(row -> rows.add(row.get("path").asString() + "="
                                + row.get("views").asLong()));
                users.add(report.get("unique_users").asLong());
            }
            case TIMESERIES ->
                report.get("steps").forEach(step -> {
                    rows.add(step.get("start").asString() + "="
                            + step.get("views").asLong());
                    users.add(step.get("unique_users").asLong());
                });
            case BREAKDOWN ->
                report.get("rows")
                        .forEach(row -> rows.add(row.get("value").asString() + "="
                                + row.get("views").asLong()));
        }
        return new QueryResult(rows, users, report.path("unique_users_exact").asBoolean(true));
    }

    /**
     * Returns the largest relative error of the users.
     *
     * @throws IllegalStateException if an exact figure differs, or the error is too large
     */
    double compareWith(QueryResult raw, ReportQuery query) {
        boolean agree = rows.equals(raw.rows) && users.size() == raw.users.size();
        double worst = 0;
        for (int i = 0; agree && i < users.size(); i++) {
            worst = Math.max(worst, Math.abs((double) users.get(i) / raw.users.get(i) - 1));
        }
        if (!agree || worst > (exact ? 0 : TOLERANCE)) {
            throw new IllegalStateException(query + ": the reports say " + this + ", the events say " + raw);
        }
        return worst;
    }
}
