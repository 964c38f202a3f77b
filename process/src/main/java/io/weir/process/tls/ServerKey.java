package io.weir.process.tls;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.tls.Renewed.Source;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key and certificate that a service shows to callers. A connection that begins after the files
 * have changed gets the new ones, at most ten seconds later.
 */
public final class ServerKey extends X509ExtendedKeyManager {
  private static final Logger log = LoggerFactory.getLogger(ServerKey.class);
  private static final String CERTIFICATE = "http.tls-certificate-file";
  private static final String KEY = "http.tls-key-file";

  private final Renewed<TlsKey> files;
  private volatile Shown shown;

  private ServerKey(Renewed<TlsKey> files) {
    this.files = files;
    this.shown = new Shown(0, files.get(), null);
  }

  /** The newest key and the one before, which a connection may have chosen already. */
  private record Shown(long number, TlsKey newest, @Nullable TlsKey before) {}

  /** Reads the settings and the files; empty for a service without TLS. */
  static Optional<ServerKey> from(Settings settings, LongSupplier nanos) {
    Optional<Source> certificates = TlsFiles.source(settings, CERTIFICATE);
    Optional<Source> keys = TlsFiles.source(settings, KEY);
    if (certificates.isPresent() != keys.isPresent()) {
      throw new StartupException(
          "TLS needs %s and %s; one of them is missing"
              .formatted(Settings.variable(CERTIFICATE), Settings.variable(KEY)));
    }
    return certificates.map(first -> {
      Source second = keys.orElseThrow();
      List<Source> both = List.of(first, second);
      var files =
          new Renewed<>(
              both,
              texts -> TlsKey.read(first, second, texts),
              key -> key.requireUsable(first),
              nanos);
      warnOfOtherTime(files.last(), first);
      return new ServerKey(files);
    });
  }

  /** At the start there is no better one, and the clock of this machine may be the one at fault. */
  private static void warnOfOtherTime(TlsKey key, Source certificates) {
    try {
      key.requireUsable(certificates);
    } catch (StartupException e) {
      log.warn("{}; it is shown all the same", e.getMessage());
    }
  }

  /** Lets the files be looked at, as a connection does. */
  void look() {
    newest();
  }

  /** When the certificates end that it showed last. No file is read. */
  Optional<Certificates.Ending> ending() {
    return Certificates.Ending.of(CERTIFICATE, files.last().chain());
  }

  /** The files are read without a lock: connections that begin meanwhile take what is there. */
  private Shown newest() {
    TlsKey now = files.get();
    Shown seen = shown;
    return now.equals(seen.newest()) ? seen : swapped();
  }

  /** Asks again inside the lock, so that nobody brings back what was there before. */
  private synchronized Shown swapped() {
    TlsKey now = files.last();
    if (!now.equals(shown.newest())) {
      shown = new Shown(shown.number() + 1, now, shown.newest());
    }
    return shown;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    Shown now = newest();
    return keyType.equals(now.newest().key().getAlgorithm()) ? Long.toString(now.number()) : null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  private @Nullable TlsKey named(String alias) {
    Shown now = shown;
    long behind = now.number() - Long.parseLong(alias);
    return behind == 0 ? now.newest() : behind == 1 ? now.before() : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    TlsKey key = named(alias);
    return key == null ? null : key.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    TlsKey key = named(alias);
    return key == null ? null : key.key();
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    String alias = chooseEngineServerAlias(keyType, issuers, null);
    return alias == null ? null : new String[] {alias};
  }

  /** A server shows no key to those it asks. */
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
