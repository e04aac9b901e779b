package io.webanalytics.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a server, and can cut the line, let it go silent, or lose replies. */
public final class TcpProxy implements AutoCloseable {

    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> stalled = ConcurrentHashMap.newKeySet();
    private final Set<Socket> deaf = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean dropReplies;
    private volatile byte @Nullable [] lastRequest;

    /** @param server the URL of the server, such as {@code redis://127.0.0.1:6379} */
    public TcpProxy(String server) {
        URI uri = URI.create(server);
        target = new InetSocketAddress(uri.getHost(), uri.getPort());
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Closes every connection, and every new one at once, until {@link #restore}. */
    public void cut() {
        cut = true;
        open.forEach(TcpProxy::close);
    }

    /** Ends whatever was done to the line. Connections that something was lost on are closed. */
    public void restore() {
        cut = false;
        dropReplies = false;
        lastRequest = null;
        stalled.forEach(TcpProxy::close);
        deaf.forEach(TcpProxy::close);
    }

    /** Leaves every present connection open and lets nothing more through it, as a router that forgot it would. */
    public void stallPresent() {
        stalled.addAll(open);
    }

    /** Lets requests through and no reply, until {@link #restore}. */
    public void dropReplies() {
        dropReplies = true;
    }

    /**
     * The next request that contains this reaches the server, and its reply is lost with the connection. A request whose
     * first bytes arrive in two pieces may go unnoticed.
     */
    public void loseReplyTo(byte[] request) {
        lastRequest = request;
    }

    /** Whether the request that {@link #loseReplyTo} waits for has come. */
    public boolean lostReply() {
        return lastRequest == null;
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
                Socket client = listener.accept();
                Socket server = new Socket();
                open.add(client);
                open.add(server);
                server.connect(target, 1_000);
                if (cut) {
                    close(client);
                    close(server);
                } else {
                    start(() -> forward(client, server, true));
                    start(() -> forward(server, client, false));
                }
            } catch (IOException e) {
                // The listener is closed, or the server is away; the client sees it by itself.
            }
        }
    }

    private void forward(Socket from, Socket to, boolean requests) {
        try {
            byte[] buffer = new byte[16_384];
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                if (requests && isLastRequest(buffer, read)) {
                    deaf.add(to);
                    lastRequest = null;
                } else if (!requests && dropReplies) {
                    deaf.add(from);
                    continue;
                } else if (!requests && deaf.contains(from)) {
                    return;
                }
                if (!stalled.contains(from)) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // One side is gone.
        } finally {
            for (Socket socket : List.of(from, to)) {
                close(socket);
                List.of(open, stalled, deaf).forEach(sockets -> sockets.remove(socket));
            }
        }
    }

    private boolean isLastRequest(byte[] buffer, int length) {
        byte[] wanted = lastRequest;
        if (wanted == null) {
            return false;
        }
        for (int from = 0; from + wanted.length <= length; from++) {
            if (Arrays.equals(buffer, from, from + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
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
