package io.webanalytics.processor.admin;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.queue.Ledger;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /ledger}: where every accepted event is, at this instant. */
@RestController
@Tag(name = "Ledger")
class LedgerController {

    private final List<EventQueue> partitions;

    LedgerController(List<EventQueue> partitions) {
        this.partitions = partitions;
    }

    /** Where every event is that was ever accepted. Each partition is read in one step at its own {@code as_of}. */
    @GetMapping("/ledger")
    LedgerReport ledger() {
        List<Ledger> ledgers = partitions.stream().map(EventQueue::ledger).toList();
        return LedgerReport.of(ledgers);
    }
}
