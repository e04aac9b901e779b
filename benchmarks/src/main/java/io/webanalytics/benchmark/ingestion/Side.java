package io.webanalytics.benchmark.ingestion;

import io.webanalytics.benchmark.Timings;

/**
 * One of those that are compared.
 *
 * @param words what it is called in the table
 * @param port where it listens
 * @param protocol what is said to it
 * @param connections over how many connections
 * @param list where in Redis its events go; empty where they go nowhere
 * @param appendfsync the setting of Redis meanwhile
 * @param rates events acknowledged per second, in each round
 */
record Side(
        String words, int port, Protocol protocol, int connections, String list, String appendfsync, Timings rates) {

    Side(String words, int port, Protocol protocol, int connections, String list, String appendfsync) {
        this(words, port, protocol, connections, list, appendfsync, new Timings());
    }
}
