package io.webanalytics.processor;

import io.webanalytics.model.queue.Claim.Element;
import io.webanalytics.rollup.Bucket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.RawBsonDocument;

/** What is to be stored of a claim: the elements of the queue and, at the same places, their documents; and their hours. */
final class Batch {

    private final Set<Bucket> hours = new HashSet<>();
    private List<Entry> entries = new ArrayList<>();

    private static final class Entry {

        private final Element element;
        private final RawBsonDocument document;
        private int refusals;

        Entry(Element element, RawBsonDocument document) {
            this.element = element;
            this.document = document;
        }
    }

    void add(Element element, RawBsonDocument document, Bucket hour) {
        entries.add(new Entry(element, document));
        hours.add(hour);
    }

    /** The hours of all events that were ever in it. */
    Set<Bucket> hours() {
        return hours;
    }

    Element element(int index) {
        return entries.get(index).element;
    }

    /** Counts that a document was refused, and answers how often it has been. */
    int countRefusal(int index) {
        return ++entries.get(index).refusals;
    }

    void removeAll(Set<Integer> indexes) {
        List<Entry> rest = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            if (!indexes.contains(i)) {
                rest.add(entries.get(i));
            }
        }
        entries = rest;
    }

    List<RawBsonDocument> documents() {
        return entries.stream().map(entry -> entry.document).toList();
    }

    int size() {
        return entries.size();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
