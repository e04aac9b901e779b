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
 * @param head the bucket as it was before its events were read
 * @param build names this content; no other ever had that name
 * @param figures of each type of event
 * @param parts how many bytes each has
 * @param folded which of them tell less than there was
 * @param documents of its parts
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

    /** An hour's content. */
    public static Built of(BucketHead head, BucketContent content) {
        return of(head, content, List.of());
    }

    /** A day's content, from the builds of these hours. */
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

    /** How many bytes its parts have. */
    public int bytes() {
        return parts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
