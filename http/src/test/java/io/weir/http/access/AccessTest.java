package io.weir.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.http.access.Access.Mode;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private static final String ANN = "ann:reader:" + hash("a-key");
  private static final String DORA = "dora:instance:" + hash("d-key");

  private static String hash(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Access access(String host, Map<String, String> settings) {
    return Access.from(Settings.of(settings), "stream", host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "localhost"})
  void loopback_needsNothing(String host) {
    assertThat(access(host, Map.of()).mode()).isEqualTo(Mode.LOCAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.5", "no-such-name.invalid"})
  void otherAddress_doesNotStartWithoutKeys(String host) {
    assertThatThrownBy(() -> access(host, Map.of()))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("WEIR_STREAM_HOST=" + host)
        .hasMessageContaining(
            "WEIR_HTTP_KEYS or WEIR_HTTP_KEYS_FILE, or WEIR_HTTP_OIDC_ISSUER, or WEIR_HTTP_OPEN=true");
  }

  @Test
  void otherAddress_startsInAsManyWords() {
    assertThat(access("0.0.0.0", Map.of("WEIR_HTTP_OPEN", "true")).mode()).isEqualTo(Mode.OPEN);
    assertThat(access("0.0.0.0", Map.of("WEIR_HTTP_KEYS", ANN)).mode()).isEqualTo(Mode.CLOSED);
    assertThat(access("127.0.0.1", Map.of("WEIR_HTTP_KEYS", ANN)).mode()).isEqualTo(Mode.CLOSED);
  }

  @Test
  void openAndKeys_contradict() {
    assertThatThrownBy(
            () -> access("0.0.0.0", Map.of("WEIR_HTTP_OPEN", "true", "WEIR_HTTP_KEYS", ANN)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("one of them is right");
  }

  @Test
  void ownKey_isThatOfAnInstance() {
    Map<String, String> right =
        Map.of("WEIR_HTTP_KEYS", ANN + "," + DORA, "WEIR_HTTP_KEY", "d-key");
    Map<String, String> wrong =
        Map.of("WEIR_HTTP_KEYS", ANN + "," + DORA, "WEIR_HTTP_KEY", "a-key");

    assertThat(access("0.0.0.0", right).ownKey()).contains("d-key");
    assertThatThrownBy(() -> access("0.0.0.0", wrong))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("role instance")
        .hasMessageNotContaining("a-key");
  }

  @Test
  void ownKey_mayBeThatOfAnOperator() {
    String keys = ANN + ",olga:operator:" + hash("o-key");

    assertThat(access("0.0.0.0", Map.of("WEIR_HTTP_KEYS", keys, "WEIR_HTTP_KEY", "o-key")).ownKey())
        .contains("o-key");
  }

  @Test
  void key_isKnownByItsHash() {
    ApiKeys keys =
        ApiKeys.of(
            ANN
                + "\n# gone: x\n"
                + DORA.replace(hash("d-key"), hash("d-key").toUpperCase(Locale.ROOT)),
            "X");

    assertThat(keys.owner("a-key")).contains(new Caller("ann", Role.READER));
    assertThat(keys.owner("d-key")).contains(new Caller("dora", Role.INSTANCE));
    assertThat(keys.owner("a-ke")).isEmpty();
    assertThat(keys.owner("")).isEmpty();
    assertThat(keys.owner(hash("a-key"))).isEmpty();
    assertThat(keys.owner("a".repeat(100_000))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"secret", "ann:reader:secret", "ann:reader", "a/b:reader:", "ann:king:", "#", ","})
  void unreadableKeys_areNotRepeated(String text) {
    String entry = text.endsWith(":") ? text + hash("secret") : text;

    assertThatThrownBy(() -> ApiKeys.of(entry, "WEIR_HTTP_KEYS"))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("WEIR_HTTP_KEYS")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining(hash("secret"));
  }

  /** What `printf %s "$key" | sha256sum` and `echo "$key" | sha256sum` give without a key. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\n"})
  void keyOfNothing_isRefused(String nothing) {
    String entry = "ops:operator:" + hash(nothing).toUpperCase(Locale.ROOT);

    assertThatThrownBy(() -> ApiKeys.of(ANN + "," + entry, "WEIR_HTTP_KEYS"))
        .isInstanceOf(StartupException.class)
        .hasMessage("WEIR_HTTP_KEYS: the key of ops is empty; its HASH is that of no text");
  }

  @Test
  void keyOfTwoNames_isRefused() {
    String other = "olga:operator:" + hash("a-key").toUpperCase(Locale.ROOT);

    assertThatThrownBy(() -> ApiKeys.of(ANN + "," + DORA + "," + other, "WEIR_HTTP_KEYS"))
        .isInstanceOf(StartupException.class)
        .hasMessage("WEIR_HTTP_KEYS: ann and olga have the same key; give each a key of its own");
  }

  @Test
  void nameTwice_isRefused() {
    assertThatThrownBy(() -> ApiKeys.of(ANN + "," + ANN, "WEIR_HTTP_KEYS"))
        .hasMessageContaining("ann is there twice");
  }
}
