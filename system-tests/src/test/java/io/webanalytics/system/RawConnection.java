package io.webanalytics.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends bytes, whether or not they are a request. */
final class RawConnection {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private RawConnection() {}

    /**
     * Everything that the server answers until it hangs up, having been told that nothing more will come.
     *
     * @throws SocketTimeoutException if it does not hang up
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
            // The server has read enough of it; what it had to say is still there to be read.
        }
    }

    private static void receive(Socket socket, ByteArrayOutputStream answer) throws IOException {
        try {
            socket.getInputStream().transferTo(answer);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // It hung up on what it had not read: as good an end as any.
        }
    }
}
