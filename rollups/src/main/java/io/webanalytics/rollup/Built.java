package io.webanalytics.rollup;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;

/**
 * A bucket's new content, ready to be written: first the documents of its parts, then its head.
 *
 * @param head the bucket as it was before its events were read
 * @param build names this content; no other ever had that name
 * @param documents of its parts
 * @param tooLarge whether it cannot be stored: its events are read instead
 */
public record Built(
        BucketHead head,
        String build,
        List<TypeFigures> figures,
        Set<Part> parts,
        List<Document> documents,
        boolean tooLarge) {

    /** More types of events make a head that costs every report more than it saves. */
    private static final int MOST_TYPES = 100;

    public static Built of(BucketHead head, BucketContent content) {
        String build = new ObjectId().toHexString();
        Set<Part> parts = EnumSet.noneOf(Part.class);
        List<Document> documents = new ArrayList<>();
        if (content.types().size() > MOST_TYPES || content.isTooLarge()) {
            return tooLarge(head, build);
        }
        for (Part part : Part.values()) {
            byte[] data = part.encode(content);
            if (data.length > BucketParts.LARGEST) {
                return tooLarge(head, build);
            }
            if (data.length > 0) {
                parts.add(part);
                documents.add(BucketParts.document(head.bucket(), part, build, data));
            }
        }
        return new Built(head, build, content.figures(head.bucket().unit()), parts, documents, false);
    }

    /** About how much memory its documents take. */
    public int bytes() {
        return documents.stream()
                .mapToInt(document -> BucketParts.data(document).length)
                .sum();
    }

    private static Built tooLarge(BucketHead head, String build) {
        return new Built(head, build, List.of(), Set.of(), List.of(), true);
    }
}
