package io.webanalytics.system.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.boot.SpringApplication;

/**
 * Runs a service unchanged, with listeners on its drivers that end or freeze the process at an armed fault point. A line on the
 * standard input arms it: a {@link FaultPoint}, and {@code halt} (as {@code kill -9}) or {@code stop} (as SIGSTOP).
 */
final class FaultyService {

    private static volatile FaultPoint armed;
    private static volatile boolean stop;

    private FaultyService() {}

    /** @param listeners a configuration that calls {@link #reached} */
    static void run(SpringApplication service, Class<?> listeners, String... args) {
        Thread orders = new Thread(FaultyService::readOrders, "orders");
        orders.setDaemon(true);
        orders.start();
        service.addPrimarySources(Set.of(listeners));
        service.run(args);
    }

    static boolean isArmed(FaultPoint point) {
        return armed == point;
    }

    /** Called when the process reaches a fault point. */
    static synchronized void reached(FaultPoint point) {
        if (armed != point) {
            return;
        }
        armed = null;
        if (!stop) {
            Runtime.getRuntime().halt(137);
        }
        try {
            String pid = String.valueOf(ProcessHandle.current().pid());
            new ProcessBuilder("kill", "-STOP", pid).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void readOrders() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] order = line.split(" ");
                stop = order[1].equals("stop");
                armed = FaultPoint.valueOf(order[0]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
