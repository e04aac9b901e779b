package io.webanalytics.system.crash;

import static org.awaitility.Awaitility.await;

import io.webanalytics.testing.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.core.ConditionTimeoutException;

/** The faults of Redis and MongoDB, and of the connections to them. */
final class ServerFaults {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(2);

    private ServerFaults() {}

    /** @param server null where it cannot be killed */
    static List<Fault> ofRedis(TcpProxy toProcessors, TcpProxy toIngestion, ServerControl server) {
        List<Fault> faults = new ArrayList<>();
        faults.add(line("cut of the lines to Redis", SHORT, TcpProxy::cut, toProcessors, toIngestion));
        faults.add(line("silent line from the processors to Redis", LONG, TcpProxy::stallPresent, toProcessors));
        faults.add(line("silent line from ingestion to Redis", LONG, TcpProxy::stallPresent, toIngestion));
        faults.add(line("lost replies of Redis", SHORT, TcpProxy::dropReplies, toProcessors, toIngestion));
        faults.add(lostReply("claim", toProcessors));
        faults.add(lostReply("settle", toProcessors));
        faults.add(lostReply("accept", toIngestion));
        faults.addAll(ofServer("Redis", server, toProcessors, toIngestion));
        return faults;
    }

    /** @param server null where it cannot be killed */
    static List<Fault> ofMongo(TcpProxy line, ServerControl server) {
        List<Fault> faults = new ArrayList<>();
        faults.add(line("cut of the line to MongoDB", SHORT, TcpProxy::cut, line));
        faults.add(line("silent line to MongoDB", LONG, TcpProxy::stallPresent, line));
        faults.add(line("lost replies of MongoDB", SHORT, TcpProxy::dropReplies, line));
        faults.addAll(ofServer("MongoDB", server, line));
        return faults;
    }

    private interface Breakage {
        void happenTo(TcpProxy line);
    }

    private static Fault line(String name, Duration least, Breakage breakage, TcpProxy... lines) {
        return new Fault(name, random -> {
            List.of(lines).forEach(breakage::happenTo);
            try {
                Fault.hold(random, least);
            } finally {
                List.of(lines).forEach(TcpProxy::restore);
            }
            return true;
        });
    }

    /** The script runs, but its caller gets no reply. */
    private static Fault lostReply(String script, TcpProxy line) {
        String call = ScriptHash.of(script);
        return new Fault("lost reply to a " + script, random -> {
            line.cutBeforeReplyTo(call);
            try {
                await().pollInterval(Duration.ofMillis(20)).atMost(LONG).until(() -> !line.awaitsFatalRequest());
                return true;
            } catch (ConditionTimeoutException e) {
                return false; // no such call came meanwhile
            } finally {
                line.restore();
            }
        });
    }

    private static List<Fault> ofServer(String name, ServerControl server, TcpProxy... lines) {
        if (server == null) {
            System.out.println("NOT RUN: kill -9 and SIGSTOP of " + name + ": it is not a process of this test's");
            return List.of();
        }
        return List.of(
                new Fault("kill -9 of " + name, random -> killed(server, lines)),
                new Fault("SIGSTOP of " + name, random -> paused(server, random)));
    }

    /** Connections stay cut until the start is complete: the server may have to repair its data. */
    private static boolean killed(ServerControl server, TcpProxy... lines) {
        server.kill().run();
        List.of(lines).forEach(TcpProxy::cut);
        try {
            server.start().run();
        } finally {
            List.of(lines).forEach(TcpProxy::restore);
        }
        return true;
    }

    private static boolean paused(ServerControl server, Random random) {
        server.pause().run();
        try {
            Fault.hold(random, Duration.ofSeconds(1));
        } finally {
            server.resume().run();
        }
        return true;
    }
}
