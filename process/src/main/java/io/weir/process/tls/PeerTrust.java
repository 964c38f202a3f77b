package io.weir.process.tls;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.tls.Renewed.Source;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The authorities whose certificates a process takes from Weir's services: those of a file, or
 * Java's own. The certificate must name the host that is asked in any case.
 */
public final class PeerTrust {
  private static final String FILE = "http.tls-trust-file";

  private final Optional<SSLContext> context;

  private PeerTrust(Optional<SSLContext> context) {
    this.context = context;
  }

  /** Java's own authorities. */
  public static PeerTrust usual() {
    return new PeerTrust(Optional.empty());
  }

  /** Reads the setting and the file; fails with a line for the operator. */
  public static PeerTrust from(Settings settings) {
    return TlsFiles.source(settings, FILE)
        .map(source -> new PeerTrust(Optional.of(context(source))))
        .orElseGet(PeerTrust::usual);
  }

  /** A client that asks services. */
  public HttpClient.Builder client() {
    HttpClient.Builder client = HttpClient.newBuilder();
    context.ifPresent(client::sslContext);
    return client;
  }

  private static SSLContext context(Source source) {
    var authorities =
        new Renewed<>(
            List.of(source), texts -> manager(source, texts.getFirst()), System::nanoTime);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Authorities(authorities)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  private static X509ExtendedTrustManager manager(Source source, String text) {
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
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("every JDK has a manager for X.509"));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new StartupException(source.variable() + " has a broken certificate", e);
    }
  }

  /** The authorities of a file as it is now. Java's manager checks the name of the host, too. */
  private static final class Authorities extends X509ExtendedTrustManager {
    private final Renewed<X509ExtendedTrustManager> file;

    Authorities(Renewed<X509ExtendedTrustManager> file) {
      this.file = file;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      file.get().checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      file.get().checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      file.get().checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw noClients();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw noClients();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw noClients();
    }

    private static CertificateException noClients() {
      return new CertificateException("this process asks, and is not asked");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return file.get().getAcceptedIssuers();
    }
  }
}
