package io.webanalytics.testing;

import io.webanalytics.embedded.ServerUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a server, and can cut the connections or lose the replies of the server. */
public final class TcpProxy implements AutoCloseable {

    private final ServerUrl server;
    private volatile InetSocketAddress target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> stalled = ConcurrentHashMap.newKeySet();

    /** Connections to the server that are cut when the next reply comes: that reply, or an earlier one, is lost. */
    private final Set<Socket> doomed = ConcurrentHashMap.newKeySet();

    private final AtomicReference<@Nullable String> fatalWord = new AtomicReference<>();
    private final AtomicLong requested = new AtomicLong();
    private volatile boolean cut;
    private volatile boolean repliesDropped;

    /** @param server the URL of the server, such as {@code redis://127.0.0.1:6379} */
    public TcpProxy(String server) {
        this.server = ServerUrl.of(server);
        target = address(this.server);
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Makes new connections lead to another server; the present ones stay. */
    public void moveTo(String server) {
        target = address(ServerUrl.of(server));
    }

    /** Returns the URL of the server through this proxy. */
    public String url() {
        return server.through(host()).toString();
    }

    /** Returns the URL of a database of a MongoDB through this proxy. */
    public String url(String database) {
        return server.database(database).through(host()).toString();
    }

    private String host() {
        return "127.0.0.1:" + port();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Returns how many bytes clients have sent so far. */
    public long requestedBytes() {
        return requested.get();
    }

    /** Closes every connection, and every new one at once, until {@link #restore}. */
    public void cut() {
        cut = true;
        open.forEach(TcpProxy::close);
    }

    /**
     * Lets all requests through and no reply, until {@link #restore}. Restoring closes the connections, since no
     * network skips bytes and then goes on.
     */
    public void dropReplies() {
        repliesDropped = true;
    }

    /** Lets the next request that contains a word through, and cuts its connection when the reply comes. */
    public void cutBeforeReplyTo(String word) {
        fatalWord.set(word);
    }

    /** Whether the request of {@link #cutBeforeReplyTo} is still to come. */
    public boolean awaitsFatalRequest() {
        return fatalWord.get() != null;
    }

    /** Ends all faults. Closes the connections on which bytes may have been lost. */
    public void restore() {
        cut = false;
        fatalWord.set(null);
        stalled.forEach(TcpProxy::close);
        if (repliesDropped) {
            repliesDropped = false;
            open.forEach(TcpProxy::close);
        }
    }

    /** Keeps every present connection open and lets nothing more through, as a router does that forgot it. */
    public void stallPresent() {
        stalled.addAll(open);
    }

    @Override
    public void close() {
        cut();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // The listener is closed.
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        open.add(client);
        open.add(server);
        try {
            server.connect(target, 1_000);
        } catch (IOException e) {
            close(client); // the server is away
        }
        if (cut || client.isClosed()) {
            close(client);
            close(server);
            open.remove(client);
            open.remove(server);
        } else {
            start(() -> forward(client, server, false));
            start(() -> forward(server, client, true));
        }
    }

    private void forward(Socket from, Socket to, boolean replies) {
        try {
            byte[] buffer = new byte[8192];
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                requested.addAndGet(replies ? 0 : read);
                if (!replies && isFatal(buffer, read)) {
                    doomed.add(to);
                }
                if (replies && repliesDropped) {
                    doomed.add(from);
                } else if (replies && doomed.contains(from)) {
                    return;
                } else if (!stalled.contains(from)) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // One side is gone.
        } finally {
            close(from);
            close(to);
            open.remove(from);
            open.remove(to);
            stalled.remove(from);
            doomed.remove(from);
        }
    }

    private boolean isFatal(byte[] buffer, int length) {
        String word = fatalWord.get();
        return word != null
                && new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(word)
                && fatalWord.compareAndSet(word, null);
    }

    private static InetSocketAddress address(ServerUrl server) {
        return new InetSocketAddress(server.host(), server.port());
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
