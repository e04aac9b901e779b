package io.webanalytics.reporting.access;

import static io.webanalytics.reporting.ApiClient.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.reporting.ApiClient;
import io.webanalytics.reporting.Installation;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of another origin cannot use the login that a browser has. */
class ForeignRequestTests {

    private static final String LOGIN =
            "{\"name\": \"" + Installation.OWNER + "\", \"password\": \"" + Installation.PASSWORD + "\"}";

    @ParameterizedTest
    @CsvSource({"Origin, http://evil.example", "Origin, null", "Origin, http://localhost", "Sec-Fetch-Site, cross-site"
    })
    void aForeignPageChangesNothing(String header, String value) {
        for (Installation installation : new Installation[] {Installation.open(), Installation.keys()}) {
            String site = installation.newSite("");
            ApiClient login = installation.owner();
            ApiClient foreign = login.with(header, value);

            assertProblem(foreign.post("/login", LOGIN), 403);
            assertProblem(foreign.post("/logout", ""), 403);
            assertProblem(foreign.post("/sites", "{}"), 403);
            assertProblem(foreign.patch("/sites/" + site, "{\"public\": true}"), 403);
            assertProblem(foreign.delete("/sites/" + site + "?confirm=" + site), 403);
            assertProblem(foreign.post("/keys", Installation.newKeyBody("admin", "*")), 403);
            assertProblem(foreign.patch("/me", "{}"), 403);
            assertThat(login.get("/sites/" + site).body()).contains("\"public\":false");
        }
    }

    @Test
    void ourOwnPageMay() {
        ApiClient login = Installation.keys().login(Installation.OWNER, Installation.PASSWORD);

        assertThat(login.with("Origin", login.url())
                        .with("Sec-Fetch-Site", "same-origin")
                        .post("/logout", "")
                        .statusCode())
                .isEqualTo(204);
    }

    /** A page whose name is made to point here comes without the cookie, so it matters only where none is needed. */
    @Test
    void aNameThatIsNotOursMattersOnlyWhereAccessIsOpen() throws IOException {
        assertThat(statusOfLogout(Installation.open())).isEqualTo(403);
        assertThat(statusOfLogout(Installation.keys())).isEqualTo(204);
    }

    private static int statusOfLogout(Installation installation) throws IOException {
        URI url = URI.create(installation.nobody().url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST /logout HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\n"
                                    + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return Integer.parseInt(response.split(" ")[1]);
        }
    }
}
