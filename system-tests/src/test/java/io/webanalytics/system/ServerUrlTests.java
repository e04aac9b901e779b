package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.mongodb.ConnectionString;
import io.lettuce.core.RedisURI;
import io.webanalytics.embedded.ServerUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs derived from REDIS_URL and MONGODB_URI, as the drivers read them. */
class ServerUrlTests {

    @ParameterizedTest
    @CsvSource({
        "mongodb://127.0.0.1:27017,                         mongodb://127.0.0.1:27017/d",
        "mongodb://127.0.0.1:27017/,                        mongodb://127.0.0.1:27017/d",
        "mongodb://127.0.0.1:27017/?replicaSet=rs0,         mongodb://127.0.0.1:27017/d?replicaSet=rs0",
        "mongodb://127.0.0.1:27017?replicaSet=rs0,          mongodb://127.0.0.1:27017/d?replicaSet=rs0",
        "mongodb://h/other?w=1&journal=true,                mongodb://h/d?w=1&journal=true",
        "mongodb://u:p%40@h:1/?tls=true,                    mongodb://u:p%40@h:1/d?tls=true&authSource=admin",
        "mongodb://u:p@h:1/other,                           mongodb://u:p@h:1/d?authSource=other",
        "mongodb://u:p@h:1/other?authSource=x,              mongodb://u:p@h:1/d?authSource=x"
    })
    void databaseStandsBeforeTheOptionsAndTheLoginStays(String given, String expected) {
        String url = ServerUrl.of(given).database("d").toString();

        assertThat(url).isEqualTo(expected);
        assertThat(new ConnectionString(url).getDatabase()).isEqualTo("d");
        assertThat(new ConnectionString(url).getRequiredReplicaSetName())
                .isEqualTo(new ConnectionString(given).getRequiredReplicaSetName());
        assertThat(new ConnectionString(url).getCredential()).isEqualTo(new ConnectionString(given).getCredential());
    }

    @Test
    void severalHostsStay() {
        String url =
                ServerUrl.of("mongodb://a:1,b:2/?replicaSet=rs0").database("d").toString();

        assertThat(new ConnectionString(url).getHosts()).containsExactly("a:1", "b:2");
    }

    @Test
    void proxyTakesThePlaceOfAMongoAndIsNotLeftForItsReplicaSet() {
        ConnectionString url = new ConnectionString(ServerUrl.of("mongodb://u:p@a:1,b:2/?replicaSet=rs0")
                .database("d")
                .through("127.0.0.1:9")
                .toString());

        assertThat(url.getHosts()).containsExactly("127.0.0.1:9");
        assertThat(url.isDirectConnection()).isTrue();
        assertThat(url.getUsername()).isEqualTo("u");
    }

    @Test
    void proxyTakesThePlaceOfARedisAndItsPasswordAndDatabaseStay() {
        String url = ServerUrl.of("redis://u:p@h:1/3").through("127.0.0.1:9").toString();

        assertThat(url).isEqualTo("redis://u:p@127.0.0.1:9/3");
        assertThat(RedisURI.create(url).getDatabase()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "mongodb://h, h, 27017",
        "mongodb://h:1, h, 1",
        "'mongodb://a:1,b:2', a, 1",
        "redis://h, h, 6379",
        "redis://:p@h:7/1, h, 7"
    })
    void hostAndPortAreThoseOfTheFirst(String url, String host, int port) {
        assertThat(ServerUrl.of(url).host()).isEqualTo(host);
        assertThat(ServerUrl.of(url).port()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:27017", "mongodb://", "mongodb:///d"})
    void whatIsNoUrlIsRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> ServerUrl.of(url));
    }
}
