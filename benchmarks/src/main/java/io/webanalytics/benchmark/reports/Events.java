package io.webanalytics.benchmark.reports;

import io.webanalytics.model.AddedFields;
import io.webanalytics.model.Event;
import io.webanalytics.model.EventField;
import io.webanalytics.model.EventIds;
import java.time.Instant;
import java.util.Date;
import java.util.SplittableRandom;
import org.bson.Document;

/** Documents of events as the processor writes them: views without referrer, session and properties. */
final class Events {

    private Events() {}

    static Document view(String site, int path, int user, Instant time) {
        Event event = new Event(site, Event.PAGE_VIEW, "/articles/" + path, "user-" + user, time, null);
        return new Document(AddedFields.ID, EventIds.idOf(event, time))
                .append(EventField.SITE_ID.word(), site)
                .append(EventField.EVENT_TYPE.word(), event.eventType())
                .append(EventField.PATH.word(), event.path())
                .append(EventField.USER_ID.word(), event.userId())
                .append(EventField.TIMESTAMP.word(), Date.from(time))
                .append(AddedFields.RECEIVED_AT, Date.from(time));
    }

    /** Returns a random number below a bound. Small ones are more frequent, as with paths and visitors. */
    static int skewed(SplittableRandom random, int bound) {
        double share = random.nextDouble();
        return (int) (bound * share * share * share);
    }
}
