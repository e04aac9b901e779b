package io.webanalytics.benchmark.wholesystem;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The figures of {@code GET /ledger}. */
@JsonIgnoreProperties(ignoreUnknown = true)
record LedgerFigures(
        boolean balanced,
        long accepted,
        long settled,
        long dead,
        @JsonProperty("in_flight") long inFlight,
        long queued) {}
