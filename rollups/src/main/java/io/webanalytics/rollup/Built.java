package io.webanalytics.rollup;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;

/**
 * A bucket's new content, ready to be written: first the documents of its parts, then its head.
 *
 * @param head the head as it was before the events were read
 * @param build the unique name of this content
 * @param figures the figures of each type of event
 * @param parts the size of each part, in bytes
 * @param folded the parts that lost detail because they exceeded their bounds
 * @param documents the documents of the parts
 * @param hours of a day: see {@link BucketHead#hours}
 */
public record Built(
        BucketHead head,
        String build,
        List<TypeFigures> figures,
        Map<Part, Integer> parts,
        Set<Part> folded,
        List<Document> documents,
        List<String> hours) {

    /** Encodes the content of an hour. */
    public static Built of(BucketHead head, BucketContent content) {
        return of(head, content, List.of());
    }

    /** Encodes the content of a day that was built from these builds of its hours. */
    public static Built of(BucketHead head, BucketContent content, List<String> hours) {
        content.fit();
        String build = new ObjectId().toHexString();
        Map<Part, Integer> parts = new EnumMap<>(Part.class);
        List<Document> documents = new ArrayList<>();
        for (Part part : Part.values()) {
            byte[] data = part.encode(content);
            if (data.length > 0) {
                parts.put(part, data.length);
                documents.add(BucketParts.document(head.bucket(), part, build, data));
            }
        }
        return new Built(head, build, content.figures(head.bucket().unit()), parts, content.folded(), documents, hours);
    }

    public Bucket bucket() {
        return head.bucket();
    }

    /** Returns the size of all parts, in bytes. */
    public int bytes() {
        return parts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
