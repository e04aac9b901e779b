package io.webanalytics.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a client and a server, and can cut the line. */
public final class TcpProxy implements AutoCloseable {

    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> stalled = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

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

    public void restore() {
        cut = false;
    }

    /** Leaves every present connection open and lets nothing more through it, as a router that forgot it would. */
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
                Socket client = listener.accept();
                Socket server = new Socket();
                open.add(client);
                open.add(server);
                server.connect(target, 1_000);
                if (cut) {
                    close(client);
                    close(server);
                } else {
                    start(() -> forward(client, server));
                    start(() -> forward(server, client));
                }
            } catch (IOException e) {
                // The listener is closed, or the server is away; the client sees it by itself.
            }
        }
    }

    private void forward(Socket from, Socket to) {
        try {
            byte[] buffer = new byte[8192];
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                if (!stalled.contains(from)) {
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
        }
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
