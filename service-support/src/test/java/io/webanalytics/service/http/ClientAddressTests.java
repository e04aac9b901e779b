package io.webanalytics.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTests {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 203.0.113.9",
        "255.255.255.255, 255.255.255.255",
        "203.0.113.9:51234, 203.0.113.9",
        "::ffff:203.0.113.9, 203.0.113.9",
        "2001:db8:0:1:2:3:4:5, 20010db800000001",
        "2001:db8:0:1::9, 20010db800000001",
        "2001:db8:0:2::9, 20010db800000002",
        "[2001:db8:0:1::9], 20010db800000001",
        "[2001:db8:0:1::9]:443, 20010db800000001",
    })
    void ipv4CountsWhollyAndIpv6ByItsFirst64Bits(String address, String name) {
        assertThat(ClientAddress.of(address)).isEqualTo(new ClientAddress(name, false));
    }

    /** Names that a resolver could be asked for, and one that would fill the memory. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "_hidden",
                "localhost",
                "fade.de",
                "1.2.3",
                "1.2.3.4.5",
                "1..2.3",
                ".1.2.3",
                "1.2.3.1000",
                "1.2.3.-4",
                "256.1.1.1",
                "1.2.3.4.",
                ":",
                "a:b",
                "[",
                "x:1"
            })
    void addressesThatCannotBeReadHaveOneNameTogether(String address) {
        assertThat(ClientAddress.of(address)).isEqualTo(new ClientAddress("unreadable", false));
        assertThat(ClientAddress.of(address + "x".repeat(8_000))).isEqualTo(ClientAddress.of(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
    void loopbackIsThisMachine(String address) {
        assertThat(ClientAddress.of(address).isLoopback()).isTrue();
    }
}
