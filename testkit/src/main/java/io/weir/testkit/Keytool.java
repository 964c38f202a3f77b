package io.weir.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** The JDK's program that makes keys and certificates. */
final class Keytool {
  static final String PASSWORD = "changeit";

  private Keytool() {}

  /**
   * Adds a key for two days to a store.
   *
   * @param options as {@code -name=value}
   */
  static void genkeypair(Path store, String alias, String... options) {
    List<String> usual =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-J-XX:TieredStopAtLevel=1",
            "-genkeypair",
            "-alias=" + alias,
            "-validity=2",
            "-storetype=PKCS12",
            "-keystore=" + store,
            "-storepass=" + PASSWORD);
    boolean isGiven = Arrays.stream(options).anyMatch(option -> option.startsWith("-keyalg"));
    List<String> algorithm = isGiven ? List.of() : List.of("-keyalg=EC", "-groupname=secp256r1");
    List<String> command =
        Stream.of(usual, algorithm, List.of(options))
            .flatMap(List::stream)
            .flatMap(Keytool::words)
            .toList();
    run(command);
  }

  private static void run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool has made no keys: " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** keytool takes an option and its value as two words. */
  private static Stream<String> words(String option) {
    int end = option.startsWith("-") && !option.startsWith("-J") ? option.indexOf('=') : -1;
    return end < 0
        ? Stream.of(option)
        : Stream.of(option.substring(0, end), option.substring(end + 1));
  }

  /** The certificate of a key and those above it, as PEM. */
  static String certificates(Path store, String alias) {
    try {
      var text = new StringBuilder();
      for (Certificate each : open(store).getCertificateChain(alias)) {
        text.append(pem("CERTIFICATE", each.getEncoded()));
      }
      return text.toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A private key as PKCS #8. */
  static Key key(Path store, String alias) {
    try {
      return open(store).getKey(alias, PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(String kind, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
  }

  private static KeyStore open(Path store) throws GeneralSecurityException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
