package io.webanalytics.reporting.count;

import io.webanalytics.reporting.count.Ranking.Page;
import io.webanalytics.reporting.count.Ranking.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/** Finds a page of the rows with most views, and keeps no more rows than it needs for that. */
final class TopRows {

    private static final int LOOK_EVERY = 1_000;

    private final Page page;
    private final long most;
    private final Budget.Share share;
    private final PriorityQueue<Row> worstFirst = new PriorityQueue<>(Collections.reverseOrder(Ranking.ORDER));
    private long bytes;
    private long total;

    TopRows(Page page, Budget.Share share) {
        this.page = page;
        this.most = (long) page.offset() + page.limit();
        this.share = share;
    }

    /** @param value in UTF-8, in the first {@code length} bytes */
    void offer(byte[] value, int length, long views) {
        Row worst = worstFirst.peek();
        if (worstFirst.size() < most || worst != null && views >= worst.views()) {
            offer(new String(value, 0, length, StandardCharsets.UTF_8), views);
        } else {
            count();
        }
    }

    void offer(String value, long views) {
        count();
        add(new Row(value, views), 1);
        if (worstFirst.size() > most) {
            add(worstFirst.remove(), -1);
        }
    }

    private void add(Row row, int sign) {
        bytes += sign * Ranking.bytes(row.value());
        if (sign > 0) {
            worstFirst.add(row);
        }
    }

    private void count() {
        if (++total % LOOK_EVERY == 0) {
            share.set(bytes);
        }
    }

    Ranking ranking() {
        List<Row> rows = new ArrayList<>(worstFirst);
        rows.sort(Ranking.ORDER);
        int from = Math.min(page.offset(), rows.size());
        return new Ranking(total, List.copyOf(rows.subList(from, rows.size())));
    }
}
