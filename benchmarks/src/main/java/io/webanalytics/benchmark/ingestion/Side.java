package io.webanalytics.benchmark.ingestion;

import io.webanalytics.benchmark.Timings;
import io.webanalytics.benchmark.load.Protocol;
import java.net.InetSocketAddress;

/**
 * One side of the comparison.
 *
 * @param words its name in the table
 * @param server the address where it listens
 * @param protocol how the load talks to it
 * @param connections number of connections of the load
 * @param list the list in Redis that its events go to; empty if they are not queued
 * @param appendfsync the setting of Redis during the load
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
