package io.webanalytics.system.crash;

import io.webanalytics.ingestion.IngestionApplication;

/** The ingestion service, which can be made to die at its fault point. */
public final class FaultyIngestion {

    private FaultyIngestion() {}

    public static void main(String[] args) {
        FaultyService.run(IngestionApplication.application(), IngestionFaultPoints.class, args);
    }
}
