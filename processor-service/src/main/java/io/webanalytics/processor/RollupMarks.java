package io.webanalytics.processor;

import com.mongodb.MongoException;
import io.webanalytics.rollup.Bucket;
import java.util.Set;

/** Marks the hours of a batch that is stored, so that their rollups are built again. */
@FunctionalInterface
interface RollupMarks {

    /** @throws MongoException if it is not certain that they are marked: the batch must not be settled */
    void mark(Set<Bucket> hours);
}
