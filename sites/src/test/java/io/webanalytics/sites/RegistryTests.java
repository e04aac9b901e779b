package io.webanalytics.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final KeyToken TOKEN = KeyToken.random();
    private static final Site SITE =
            new Site("shop.example", "The shop", "Europe/Berlin", List.of("shop.example"), 90, true, NOW);

    @Test
    void knowsAKeyByItsWholeSecret() {
        Registry registry = new Registry(List.of(), List.of(key(TOKEN, null)));
        String text = TOKEN.reveal();
        char last = text.charAt(text.length() - 1);
        KeyToken almost = KeyToken.parse(text.substring(0, text.length() - 1) + (last == 'x' ? 'y' : 'x'));

        assertThat(registry.authenticate(TOKEN, NOW)).isNotNull();
        assertThat(registry.authenticate(almost, NOW)).isNull();
        assertThat(registry.authenticate(KeyToken.random(), NOW)).isNull();
    }

    @Test
    void aKeyEndsAtItsInstant() {
        Registry registry = new Registry(List.of(), List.of(key(TOKEN, NOW)));

        assertThat(registry.authenticate(TOKEN, NOW.minusMillis(1))).isNotNull();
        assertThat(registry.authenticate(TOKEN, NOW)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wa_",
                "wa_abcdefgh_",
                "WA_abcdefgh_0123456789abcdef0123456789abcdef",
                "Bearer",
                "wa_abcdefgh_0123456789abcdef0123456789abcdef\n"
            })
    void whatHasNotTheFormIsNoKey(String text) {
        assertThat(KeyToken.parse(text)).isNull();
    }

    @Test
    void aKeyDoesNotPrintItsSecret() {
        assertThat(TOKEN.toString())
                .doesNotContain(TOKEN.reveal().substring(12))
                .contains(TOKEN.prefix());
    }

    @Test
    void goesThroughJsonUnchanged() throws Exception {
        Registry registry = new Registry(List.of(SITE), List.of(key(TOKEN, NOW)));

        byte[] text = RegistryFormat.encode(registry);
        Registry read = RegistryFormat.decode(text);

        assertThat(read.site("shop.example")).isEqualTo(SITE);
        assertThat(read.keys()).containsExactly(key(TOKEN, NOW));
        assertThat(RegistryFormat.encode(read)).isEqualTo(text);
        assertThat(new String(text, StandardCharsets.UTF_8))
                .doesNotContain(TOKEN.reveal().substring(12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"format\":2,\"sites\":[],\"keys\":[]}",
                "{\"format\":1,\"sites\":[]}",
                "{\"format\":1,\"sites\":[null],\"keys\":[]}",
                "{\"format\":1,\"sites\":[],\"keys\":[{\"prefix\":\"a\",\"scope\":\"write\",\"sites\":[]}]}",
                "{\"format\":1,\"sites\":[{\"site_id\":\"a\",\"hostnames\":[],\"public\":false}],\"keys\":[]}",
                "{\"format\":1,\"sites\":[],\"keys\":[{\"prefix\":\"a\",\"hash\":\"b\",\"scope\":\"new\",\"sites\":[]}]}"
            })
    void whatIsBrokenOrOfAnotherVersionIsUnreadable(String text) {
        assertThatExceptionOfType(RegistryFormat.UnreadableException.class)
                .isThrownBy(() -> RegistryFormat.decode(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void fieldsOfALaterReleaseAreSkipped() throws Exception {
        String text = "{\"format\":1,\"sites\":[],\"keys\":[],\"later\":1}";

        assertThat(RegistryFormat.decode(text.getBytes(StandardCharsets.UTF_8)).keys())
                .isEmpty();
    }

    @Test
    void grantsHoldOnTheirSitesOnly() {
        Grants write = Grants.of(KeyScope.WRITE, List.of("a", "b"));
        Grants owner = Grants.ofRoles(Map.of("a", Role.OWNER, "b", Role.VIEWER));
        Grants admin = Grants.of(KeyScope.ADMIN, List.of(Grants.ALL_SITES));

        assertThat(write.allow(Permission.WRITE, "a")).isTrue();
        assertThat(write.allow(Permission.READ, "a")).isFalse();
        assertThat(write.allow(Permission.WRITE, "A")).isFalse();
        assertThat(owner.allow(Permission.MANAGE, "a")).isTrue();
        assertThat(owner.allow(Permission.MANAGE, "b")).isFalse();
        assertThat(owner.allow(Permission.MANAGE, Grants.ALL_SITES)).isFalse();
        assertThat(admin.allow(Permission.MANAGE, Grants.ALL_SITES)).isTrue();
        assertThat(admin.allow(Permission.READ, "any")).isTrue();
    }

    private static ApiKey key(KeyToken token, Instant expiresAt) {
        return new ApiKey(token.prefix(), token.hash(), KeyScope.WRITE, List.of("shop.example"), expiresAt);
    }
}
