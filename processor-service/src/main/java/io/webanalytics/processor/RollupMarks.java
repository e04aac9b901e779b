package io.webanalytics.processor;

import com.mongodb.MongoException;
import io.webanalytics.model.Outage;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.build.Marks;
import java.util.Set;

/** Marks the hours of a batch that is stored, so that their rollups are built again. */
class RollupMarks {

    private final Marks marks;
    private final Outage mongo;

    RollupMarks(Marks marks, Outage mongo) {
        this.marks = marks;
        this.mongo = mongo;
    }

    /** @throws MongoException if it is not certain that they are marked: the batch must not be settled */
    void mark(Set<Bucket> hours) {
        try {
            marks.mark(hours);
        } catch (MongoException e) {
            mongo.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }
}
