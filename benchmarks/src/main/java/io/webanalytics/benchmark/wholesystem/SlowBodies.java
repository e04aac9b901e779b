package io.webanalytics.benchmark.wholesystem;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Batches that declare a large body and send it byte by byte, and requests that send their headers so. */
final class SlowBodies implements Abuse {

    private static final int CONNECTIONS = 32;
    private static final int PAUSE_MILLIS = 3_000;
    private static final String HEADERS =
            "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    @Override
    public String words() {
        return CONNECTIONS + " batches that are declared with 1 MiB, and " + CONNECTIONS
                + " requests without the end of their headers, all at a byte in three seconds";
    }

    @Override
    public void run(WholeSystem system, BooleanSupplier stop) throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            while (!stop.getAsBoolean()) {
                open.removeIf(SlowBodies::isOver);
                while (open.size() < 2 * CONNECTIONS) {
                    open.add(begin(system, open.size() % 2 == 0 ? "Content-Length: 1048576\r\n\r\n[" : ""));
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private static Socket begin(WholeSystem system, String more) throws IOException {
        Socket socket = new Socket();
        socket.connect(system.service(Service.INGESTION).address(), 5_000);
        socket.getOutputStream().write((HEADERS + more).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Sends another byte. Returns whether the server has answered or closed the connection. */
    private static boolean isOver(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            return true;
        }
    }
}
