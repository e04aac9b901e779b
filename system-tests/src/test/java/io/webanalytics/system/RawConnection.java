package io.webanalytics.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends arbitrary bytes, which need not be a valid request. */
final class RawConnection {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private RawConnection() {}

    /**
     * Sends bytes and closes the output. Returns everything that the server answers until it closes the connection.
     *
     * @throws SocketTimeoutException if the server does not close the connection
     */
    static String exchange(int port, byte[] request) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket()) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
            send(socket, request);
            receive(socket, answer);
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    private static void send(Socket socket, byte[] request) {
        try {
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
        } catch (IOException e) {
            // The server stopped reading the request. Its answer can still be read.
        }
    }

    private static void receive(Socket socket, ByteArrayOutputStream answer) throws IOException {
        try {
            socket.getInputStream().transferTo(answer);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // The server closed the connection before it had read everything, which is a regular end.
        }
    }
}
