package io.weir.process.tls;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.tls.Renewed.Source;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The authorities whose certificates a process takes from Weir's services: those of a file, which
 * may be renewed, or Java's own. The certificate must name the host that is asked in any case.
 */
public final class PeerTrust {
  private static final String FILE = "http.tls-trust-file";

  private final Optional<Source> file;
  private final LongSupplier nanos;
  private volatile @Nullable Renewed<Authorities> authorities;
  private @Nullable SSLContext context;

  private PeerTrust(Optional<Source> file, LongSupplier nanos) {
    this.file = file;
    this.nanos = nanos;
  }

  /** Java's own authorities. */
  public static PeerTrust usual() {
    return new PeerTrust(Optional.empty(), System::nanoTime);
  }

  /** Reads the setting. The file is read for the first client: who asks nobody needs none. */
  public static PeerTrust from(Settings settings) {
    return from(settings, System::nanoTime);
  }

  /**
   * @param nanos a clock for durations: the file is looked at again every ten seconds
   */
  static PeerTrust from(Settings settings, LongSupplier nanos) {
    return new PeerTrust(TlsFiles.source(settings, FILE), nanos);
  }

  /** A client that asks services. Fails with a line for the operator if the file is not right. */
  public HttpClient.Builder client() {
    HttpClient.Builder client = HttpClient.newBuilder();
    file.map(this::context).ifPresent(client::sslContext);
    return client;
  }

  /**
   * Whether a service was refused for its certificate: it is of another authority or for another
   * host, or it has ended. A connection that was cut short says nothing of the kind.
   */
  public static boolean isDistrust(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof CertificateException || each instanceof SSLPeerUnverifiedException) {
        return true;
      }
    }
    return false;
  }

  /** The authorities of a file, and a context that trusts them. */
  record Authorities(List<X509Certificate> certificates, SSLContext context) {
    Authorities {
      certificates = List.copyOf(certificates);
    }
  }

  /** Lets the file be looked at, as a connection does. */
  void look() {
    Optional.ofNullable(authorities).ifPresent(Renewed::get);
  }

  /** When the authorities used last end; empty for a process that asks nobody. No file is read. */
  Optional<Certificates.Ending> ending() {
    return Optional.ofNullable(authorities)
        .flatMap(read -> Certificates.Ending.of(FILE, read.last().certificates()));
  }

  private synchronized SSLContext context(Source source) {
    if (context == null) {
      authorities = new Renewed<>(List.of(source), texts -> read(source, texts.getFirst()), nanos);
      context = NewestContext.of(authorities);
    }
    return context;
  }

  private static Authorities read(Source source, String text) {
    try {
      List<X509Certificate> found = Pem.certificates(text);
      if (found.isEmpty()) {
        throw new StartupException(
            source.variable() + " has no certificate: it must be PEM, -----BEGIN CERTIFICATE-----");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (X509Certificate authority : found) {
        store.setCertificateEntry("authority-" + store.size(), authority);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return new Authorities(found, context);
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new StartupException(source.variable() + " has a broken certificate", e);
    }
  }
}
