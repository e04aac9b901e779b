package io.webanalytics.benchmark.ingestion;

import io.webanalytics.benchmark.Timings;
import io.webanalytics.benchmark.load.Protocol;
import java.net.InetSocketAddress;

/**
 * One of those that are compared.
 *
 * @param words what it is called in the table
 * @param server where it listens
 * @param protocol what is said to it
 * @param connections over how many connections
 * @param list where in Redis its events go; empty where they go nowhere
 * @param appendfsync the setting of Redis meanwhile
 * @param rates events acknowledged per second, in each round
 */
record Side(
        String words,
        InetSocketAddress server,
        Protocol protocol,
        int connections,
        String list,
        String appendfsync,
        Timings rates) {

    Side(String words, InetSocketAddress server, Protocol protocol, int connections, String list, String appendfsync) {
        this(words, server, protocol, connections, list, appendfsync, new Timings());
    }
}
