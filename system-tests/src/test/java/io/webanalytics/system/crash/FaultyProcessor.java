package io.webanalytics.system.crash;

import io.webanalytics.processor.ProcessorApplication;

/** The processor service, which can be made to die at its fault points. */
public final class FaultyProcessor {

    private FaultyProcessor() {}

    public static void main(String[] args) {
        FaultyService.run(ProcessorApplication.application(), ProcessorFaultPoints.class, args);
    }
}
