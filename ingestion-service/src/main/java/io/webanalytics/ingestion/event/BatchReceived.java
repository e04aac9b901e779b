package io.webanalytics.ingestion.event;

import io.webanalytics.model.EventBatch;
import io.webanalytics.model.FieldError;
import java.util.List;

/**
 * The verdict on a batch.
 *
 * @param received how many events are taken
 * @param rejected how many events are not valid, and so not taken
 * @param errors what is wrong with each rejected event; empty if unread responses have used up the memory for it
 */
record BatchReceived(int received, int rejected, List<Rejected> errors) {

    static BatchReceived of(EventBatch batch) {
        return new BatchReceived(
                batch.events().size(),
                batch.rejected().size(),
                batch.rejected().stream().map(Rejected::of).toList());
    }

    BatchReceived withoutErrors() {
        return new BatchReceived(received, rejected, List.of());
    }

    /**
     * An event that is not valid.
     *
     * @param index the position of the event in the batch, from 0
     * @param errors which fields are at fault, and why
     */
    record Rejected(int index, List<FieldError> errors) {

        static Rejected of(EventBatch.RejectedEvent rejected) {
            return new Rejected(rejected.index(), rejected.errors());
        }
    }
}
