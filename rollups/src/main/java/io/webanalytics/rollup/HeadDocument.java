package io.webanalytics.rollup;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The document of a bucket's head in MongoDB. */
final class HeadDocument {

    static final String ID = "_id";
    static final String VERSION = "version";
    static final String DIRTY_SINCE = "dirty_since";
    static final String END = "end";
    static final String LANE = "lane";
    static final String TURN = "turn";
    static final String LEASE = "lease";
    static final String LEASE_ENDS = "lease_ends";
    static final String BUILD = "build";

    private static final String FORMAT = "format";
    private static final String BUILT_AT = "built_at";
    private static final String PARTS = "parts";
    private static final String SIZES = "sizes";
    private static final String FOLDED = "folded";
    static final String FIGURES = "figures";
    private static final String HOURS = "hours";

    /** Set by an earlier release where the content was too large to be stored. Such a head has {@link #NO_FORMAT}. */
    private static final String TOO_LARGE = "too_large";

    /** The format of content that is missing or unreadable. It is rebuilt, as that of an earlier format is. */
    private static final int NO_FORMAT = 0;

    /** Replaces {@link BucketHead#EMPTY} in a day when the hour is marked. No build has this name. */
    private static final String NOT_EMPTY = "not empty";

    private HeadDocument() {}

    /** Sets the content of a head. */
    static Bson content(Built built) {
        List<Document> figures = built.figures().stream()
                .map(figure -> new Document("type", figure.eventType())
                        .append("views", figure.views())
                        .append("users", figure.users())
                        .append("quarters", figure.quarters()))
                .toList();
        return Updates.combine(
                Updates.set(FORMAT, BucketHead.FORMAT),
                Updates.set(BUILD, built.build()),
                Updates.currentDate(BUILT_AT),
                Updates.set(PARTS, words(built.parts().keySet())),
                Updates.set(SIZES, List.copyOf(built.parts().values())),
                Updates.set(FOLDED, words(built.folded())),
                Updates.set(FIGURES, figures),
                Updates.set(HOURS, built.hours()),
                Updates.unset(TOO_LARGE));
    }

    /** Matches the days that record any hour as empty. */
    static Bson saysEmpty() {
        return Filters.eq(HOURS, BucketHead.EMPTY);
    }

    /** Removes the note that an hour is empty from its day. */
    static UpdateOneModel<Document> denyEmpty(Bucket hour) {
        String noted = HOURS + "." + hour.hourOfDay();
        return new UpdateOneModel<>(
                Filters.and(Filters.eq(ID, hour.day().id()), Filters.eq(noted, BucketHead.EMPTY)),
                Updates.set(noted, NOT_EMPTY));
    }

    /** Removes the mark. */
    static Bson clean() {
        return Updates.combine(
                Updates.unset(DIRTY_SINCE),
                Updates.unset(LANE),
                Updates.unset(TURN),
                Updates.unset(LEASE),
                Updates.unset(LEASE_ENDS));
    }

    /** Matches the head only if it has not changed: of an hour, the version and that it is dirty; of a day, the build. */
    static Bson unchanged(BucketHead head) {
        Bson same = Filters.eq(ID, head.bucket().id());
        if (head.bucket().unit() == Bucket.Unit.HOUR) {
            return Filters.and(same, Filters.eq(VERSION, head.version()), Filters.exists(DIRTY_SINCE));
        }
        return Filters.and(same, head.build() == null ? Filters.exists(BUILD, false) : Filters.eq(BUILD, head.build()));
    }

    static BucketHead read(Document document) {
        try {
            int format = format(document);
            return read(
                    document, format, format == BucketHead.FORMAT ? Content.of(document) : Content.ofOther(document));
        } catch (ClassCastException | NullPointerException e) {
            return read(document, NO_FORMAT, Content.ofOther(document)); // it was edited by hand
        }
    }

    private static BucketHead read(Document document, int format, Content content) {
        return new BucketHead(
                Bucket.parse(document.getString(ID)),
                content.version,
                document.containsKey(DIRTY_SINCE),
                content.build,
                format,
                content.parts,
                content.folded,
                content.figures,
                content.hours);
    }

    /** The fields whose reading depends on the format. */
    private record Content(
            String version,
            @Nullable String build,
            Map<Part, Integer> parts,
            Set<Part> folded,
            List<TypeFigures> figures,
            List<String> hours) {

        /** @throws ClassCastException if a field has another type than it should */
        private static Content of(Document document) {
            return new Content(
                    document.get(VERSION, ""),
                    document.getString(BUILD),
                    HeadDocument.parts(document),
                    HeadDocument.folded(document),
                    HeadDocument.figures(document),
                    document.getList(HOURS, String.class, List.of()));
        }

        /** Reads what every format has. */
        private static Content ofOther(Document document) {
            return new Content(
                    document.get(VERSION) instanceof String version ? version : "",
                    document.get(BUILD) instanceof String build ? build : null,
                    Map.of(),
                    Set.of(),
                    List.of(),
                    List.of());
        }
    }

    /** Returns the format. Heads that were written before formats had numbers have the first. */
    private static int format(Document document) {
        return document.getBoolean(TOO_LARGE, false) ? NO_FORMAT : document.get(FORMAT, 1);
    }

    private static List<TypeFigures> figures(Document document) {
        return document.getList(FIGURES, Document.class, List.of()).stream()
                .map(figure -> new TypeFigures(
                        Objects.requireNonNull(figure.getString("type")),
                        figure.get("views", Number.class).longValue(),
                        figure.get("users", Number.class).longValue(),
                        figure.getList("quarters", Long.class)))
                .toList();
    }

    private static Map<Part, Integer> parts(Document document) {
        List<String> words = document.getList(PARTS, String.class, List.of());
        List<Integer> sizes = document.getList(SIZES, Integer.class, List.of());
        Map<Part, Integer> parts = new EnumMap<>(Part.class);
        for (int i = 0; i < words.size(); i++) {
            Part part = Part.of(words.get(i));
            if (part != null) {
                parts.put(part, i < sizes.size() ? sizes.get(i) : 0);
            }
        }
        return parts;
    }

    private static Set<Part> folded(Document document) {
        Set<Part> folded = EnumSet.noneOf(Part.class);
        for (String word : document.getList(FOLDED, String.class, List.of())) {
            Part part = Part.of(word);
            if (part != null) {
                folded.add(part);
            }
        }
        return folded;
    }

    private static List<String> words(Collection<Part> parts) {
        return parts.stream().map(Part::word).toList();
    }
}
