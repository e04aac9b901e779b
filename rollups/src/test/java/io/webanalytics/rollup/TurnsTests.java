package io.webanalytics.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TurnsTests {

    private final Turns turns = new Turns();

    @Test
    void hoursOfASiteHaveTheirTurnsOneRoundAfterTheOther() {
        assertThat(next("a", 3)).containsExactly(1, 2, 3);
        assertThat(next("a", 2)).containsExactly(4, 5);
    }

    @Test
    void siteThatComesLaterHasItsTurnBeforeTheRestOfOneThatCameBefore() {
        next("import", 100_000);
        turns.served(500);

        assertThat(next("other", 2)).containsExactly(501, 502);
    }

    @Test
    void siteThatHasNothingWaitingIsNotAskedForWhatItHadBefore() {
        next("a", 3);
        turns.served(1_000);

        assertThat(next("a", 1)).containsExactly(1_001);
    }

    @Test
    void sitesAreForgottenOnceTheirTurnsAreOver() {
        for (int i = 0; i < 300_000; i++) {
            next("site-" + i, 1);
            turns.served(i);
        }
        assertThat(turns.size()).isLessThanOrEqualTo(Bounds.REMEMBERED_TURNS);
    }

    /** Or each mark would look at all sites, as long as all of them have something waiting. */
    @Test
    void allAreForgottenWhereMoreThanHalfOfThemHaveSomethingWaiting() {
        next("over", 1);
        turns.served(1);
        for (int i = 1; i < Bounds.REMEMBERED_TURNS; i++) {
            next("waiting-" + i, 1);
        }

        next("one-more", 1);

        assertThat(turns.size()).isEqualTo(1);
    }

    private long[] next(String site, int hours) {
        return LongStream.range(0, hours).map(hour -> turns.next(site)).toArray();
    }
}
