package io.webanalytics.processor;

import io.webanalytics.model.queue.Claim.Element;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;

/** The events of a claim: the elements of the queue and, at the same places, their documents. */
final class Batch {

    private final List<Element> elements = new ArrayList<>();
    private final List<RawBsonDocument> documents = new ArrayList<>();

    void add(Element element, RawBsonDocument document) {
        elements.add(element);
        documents.add(document);
    }

    Element element(int index) {
        return elements.get(index);
    }

    List<RawBsonDocument> documents() {
        return documents;
    }

    int size() {
        return documents.size();
    }

    boolean isEmpty() {
        return documents.isEmpty();
    }
}
