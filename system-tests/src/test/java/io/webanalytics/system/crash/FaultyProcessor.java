package io.webanalytics.system.crash;

import io.webanalytics.processor.ProcessorApplication;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.boot.SpringApplication;

/**
 * The processor service as it is, with listeners on its two drivers that end or stop the process where they are told to.
 * A line on the standard input arms it: a {@link FaultPoint}, and {@code halt} (as {@code kill -9} there) or {@code stop}
 * (as SIGSTOP there).
 */
public final class FaultyProcessor {

    private static volatile FaultPoint armed;
    private static volatile boolean stop;

    private FaultyProcessor() {}

    public static void main(String[] args) {
        Thread orders = new Thread(FaultyProcessor::readOrders, "orders");
        orders.setDaemon(true);
        orders.start();
        SpringApplication application = ProcessorApplication.application();
        application.addPrimarySources(Set.of(FaultPointListeners.class));
        application.run(args);
    }

    static boolean isArmed(FaultPoint point) {
        return armed == point;
    }

    /** The process has come to a point. */
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
