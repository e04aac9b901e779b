package io.webanalytics.benchmark.wholesystem;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** Clients that ask for reports, each for the next as soon as it has an answer. */
final class Clients {

    private Clients() {}

    /** Runs clients until they must stop. Every answer must be a report, or a refusal with its reason. */
    static void ask(WholeSystem system, int clients, BooleanSupplier stop, IntFunction<String> question)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<?>> asking = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                int first = client;
                asking.add(threads.submit(() -> {
                    for (int number = first; !stop.getAsBoolean(); number++) {
                        answered(ServiceClient.get(
                                system.service(Service.REPORTING).url(question.apply(number))));
                    }
                    return null;
                }));
            }
            for (Future<?> client : asking) {
                client.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void answered(HttpResponse<String> response) {
        boolean refused = response.statusCode() == 503
                && (response.body().contains("\"report_too_") || response.body().contains("\"too_many_reports\""));
        if (response.statusCode() != 200 && !refused) {
            throw new IllegalStateException(response + ": " + response.body());
        }
    }
}
