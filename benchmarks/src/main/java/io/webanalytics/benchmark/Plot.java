package io.webanalytics.benchmark;

import java.util.Locale;
import java.util.Map;

/** An SVG of the figures beside their targets: how many times as good as asked each is, on a logarithmic scale. */
final class Plot {

    private static final int WIDTH = 900;
    private static final int LEFT = 400;
    private static final int SCALE = 300;
    private static final int TOP = 40;
    private static final int ROW = 28;
    private static final double DECADES = 1; // each way from the target

    private final StringBuilder svg = new StringBuilder();

    private Plot() {}

    static String of(Map<Target, Timings> figures) {
        Plot plot = new Plot();
        plot.draw(figures);
        return plot.svg.toString();
    }

    private void draw(Map<Target, Timings> figures) {
        int bottom = TOP + figures.size() * ROW;
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, bottom + 12);
        line("<title>How many times as good as asked: medians, and the range of the rounds</title>");
        // A background of its own: the page's may be dark.
        line("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
        for (double times : new double[] {0.1, 0.3, 1, 3, 10}) {
            double x = x(times);
            line(
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\"/>",
                    x, TOP - 8, x, bottom, times == 1 ? "#222222" : "#dddddd");
            text(x, TOP - 16, "middle", times == 1 ? "as asked" : "× " + (times < 1 ? times : (int) times));
        }
        int y = TOP;
        for (Map.Entry<Target, Timings> figure : figures.entrySet()) {
            bar(figure.getKey(), figure.getValue(), y);
            y += ROW;
        }
        line("</svg>");
    }

    private void bar(Target target, Timings figure, int y) {
        double times = target.timesAsGood(figure.median());
        double from = Math.min(x(1), x(times));
        double to = Math.max(x(1), x(times));
        double worst = x(target.timesAsGood(figure.smallest()));
        double best = x(target.timesAsGood(figure.largest()));
        int middle = y + ROW / 2;
        text(LEFT - 12, middle + 4, "end", target.words().replace("`", ""));
        line(
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                from, y + 6, Math.max(1, to - from), ROW - 12, times >= 1 ? "#2b7bba" : "#d9822b");
        line(
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#222222\" stroke-width=\"2\"/>",
                worst, middle, best, middle);
        text(
                LEFT + SCALE + 12,
                middle + 4,
                "start",
                Timings.format(figure.median()) + " (asked: " + target.asked() + ")");
    }

    /** Values off the scale are drawn at its end. */
    private static double x(double times) {
        double decades = Math.max(-DECADES, Math.min(DECADES, Math.log10(times)));
        return LEFT + SCALE * (decades + DECADES) / (2 * DECADES);
    }

    private void text(double x, int y, String anchor, String words) {
        line("<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\" fill=\"#222222\">%s</text>", x, y, anchor, words);
    }

    private void line(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
