package io.webanalytics.testing;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Stops a process in its tracks, as a machine that hangs would, and lets it go on. */
public final class Signals {

    private Signals() {}

    public static void pause(ProcessHandle process) {
        send("-STOP", process);
    }

    public static void resume(ProcessHandle process) {
        send("-CONT", process);
    }

    private static void send(String signal, ProcessHandle process) {
        try {
            Process kill = new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                    .inheritIO()
                    .start();
            if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("kill " + signal + " " + process.pid() + " failed");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
