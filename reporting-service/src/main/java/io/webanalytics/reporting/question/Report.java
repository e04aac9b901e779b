package io.webanalytics.reporting.question;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The reports there are, and the parameters that each takes besides those that all take. */
public enum Report {
    STATS(
            10,
            ReportParameter.DATE,
            ReportParameter.FROM,
            ReportParameter.TO,
            ReportParameter.PERIOD,
            ReportParameter.COMPARE),
    TIMESERIES(
            1_000,
            ReportParameter.DATE,
            ReportParameter.FROM,
            ReportParameter.TO,
            ReportParameter.PERIOD,
            ReportParameter.INTERVAL),
    BREAKDOWN(
            100,
            ReportParameter.DATE,
            ReportParameter.FROM,
            ReportParameter.TO,
            ReportParameter.PERIOD,
            ReportParameter.BY),
    REALTIME(10, ReportParameter.MINUTES);

    private final int defaultLimit;
    private final Set<ReportParameter> parameters = EnumSet.of(
            ReportParameter.SITE_ID,
            ReportParameter.TIMEZONE,
            ReportParameter.EVENT_TYPE,
            ReportParameter.PATH,
            ReportParameter.REFERRER,
            ReportParameter.LIMIT,
            ReportParameter.OFFSET,
            ReportParameter.META,
            ReportParameter.FORMAT,
            ReportParameter.BOM);

    Report(int defaultLimit, ReportParameter... own) {
        this.defaultLimit = defaultLimit;
        parameters.addAll(Set.of(own));
    }

    /** How it is called outside. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Most entries of its list, unless a question says otherwise; of a file all. */
    public int defaultLimit() {
        return defaultLimit;
    }

    public Set<ReportParameter> parameters() {
        return parameters;
    }

    boolean takes(ReportParameter parameter) {
        return parameters.contains(parameter);
    }

    /** Whether a question must have it. */
    public boolean requires(ReportParameter parameter) {
        return parameter == ReportParameter.SITE_ID || parameter == ReportParameter.BY && this == BREAKDOWN;
    }
}
