package io.webanalytics.system;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Access by keys and logins. One system serves all of these tests, since its start takes longer than they do. */
class AccessIT {

    private static AccessSystem system;

    @BeforeAll
    static void start() {
        system = AccessSystem.start();
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    @Nested
    class Matrix extends AccessMatrix {

        Matrix() {
            super(system);
        }
    }

    @Nested
    class News extends RegistryNews {

        News() {
            super(system);
        }
    }
}
