package io.webanalytics.reporting.question;

import io.webanalytics.model.Event;
import io.webanalytics.store.Dimension;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The reports, and the parameters that each takes. */
public enum Report {
    STATS(10, days(ReportParameter.COMPARE)),
    TIMESERIES(1_000, days(ReportParameter.INTERVAL)),
    BREAKDOWN(100, days(ReportParameter.BY)),
    REALTIME(10, Stream.of(ReportParameter.MINUTES));

    private final int defaultLimit;
    private final List<ReportParameter<?>> parameters;

    Report(int defaultLimit, Stream<ReportParameter<?>> own) {
        this.defaultLimit = defaultLimit;
        this.parameters = Stream.of(
                        Stream.of(ReportParameter.SITE_ID),
                        own,
                        Stream.of(ReportParameter.TIMEZONE),
                        ReportParameter.FILTERS.values().stream(),
                        Stream.of(
                                ReportParameter.LIMIT,
                                ReportParameter.OFFSET,
                                ReportParameter.META,
                                ReportParameter.FORMAT,
                                ReportParameter.BOM))
                .<ReportParameter<?>>flatMap(some -> some)
                .toList();
    }

    private static Stream<ReportParameter<?>> days(ReportParameter<?> more) {
        return Stream.of(ReportParameter.DATE, ReportParameter.FROM, ReportParameter.TO, ReportParameter.PERIOD, more);
    }

    /** Returns the name of the report in file names. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns how many entries a list has at most by default in JSON. A CSV has all entries by default. */
    public int defaultLimit() {
        return defaultLimit;
    }

    public List<ReportParameter<?>> parameters() {
        return parameters;
    }

    boolean takes(ReportParameter<?> parameter) {
        return parameters.contains(parameter);
    }

    /** Whether requests must have a parameter. */
    public boolean requires(ReportParameter<?> parameter) {
        return parameter == ReportParameter.SITE_ID || parameter == ReportParameter.BY && this == BREAKDOWN;
    }

    /** Whether a page that shows the API fills the parameter in with its example. */
    public boolean isFilledIn(ReportParameter<?> parameter) {
        return requires(parameter) || parameter == ReportParameter.DATE;
    }

    /** Returns the default of a parameter; null where it depends on other parameters, or there is none. */
    public @Nullable String defaultOf(ReportParameter<?> parameter) {
        if (parameter == ReportParameter.LIMIT) {
            return String.valueOf(defaultLimit);
        }
        boolean ofType = parameter == ReportParameter.FILTERS.get(Dimension.EVENT_TYPE);
        return ofType && this != BREAKDOWN ? Event.PAGE_VIEW : parameter.byDefault();
    }
}
