package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Sends requests with keys that nobody made, each with another one. */
final class UnknownKeys {

    static final int MANY = 100_000;

    private static final int FIRST_PREFIX = 10_000_000;
    private static final String SECRET = "_" + "a".repeat(32);
    private static final int SENDERS = 4;
    private static final int ON_ONE_CONNECTION = 100;
    private static final int PATIENCE_SECONDS = 120;

    private UnknownKeys() {}

    /** Each is refused. */
    static void send(Service service, int requests) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Future<Long>> refused = new ArrayList<>();
            for (int sent = 0; sent < requests; sent += ON_ONE_CONNECTION) {
                int first = sent;
                refused.add(senders.submit(() -> refusals(service, first)));
            }
            for (Future<Long> refusals : refused) {
                assertThat(refusals.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(ON_ONE_CONNECTION);
            }
        } finally {
            senders.shutdownNow();
        }
    }

    private static long refusals(Service service, int first) throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 1; i <= ON_ONE_CONNECTION; i++) {
            requests.append(
                            "POST /event HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer ")
                    .append("wa_" + (FIRST_PREFIX + first + i) + SECRET)
                    .append(i == ON_ONE_CONNECTION ? "\r\nConnection: close" : "")
                    .append("\r\nContent-Length: 2\r\n\r\n{}");
        }
        String responses =
                RawConnection.exchange(service.port(), requests.toString().getBytes(StandardCharsets.US_ASCII));
        return responses.split("HTTP/1\\.1 401 ", -1).length - 1;
    }
}
