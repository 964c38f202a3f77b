package io.weir.http;

import io.weir.http.access.Access;
import io.weir.process.Settings;
import io.weir.process.tls.PeerTrust;
import io.weir.process.tls.Tls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A running server with TLS, and those who ask it. */
final class TlsService implements AutoCloseable {
  static final String CERTIFICATE = "WEIR_HTTP_TLS_CERTIFICATE_FILE";
  static final String KEY = "WEIR_HTTP_TLS_KEY_FILE";
  static final String TRUST = "WEIR_HTTP_TLS_TRUST_FILE";

  private final WebServer server;

  private TlsService(WebServer server) {
    this.server = server;
    server.start();
  }

  /** The settings with a pair of files; more of them are pairs. */
  static Settings settings(Path certificate, Path key, String... more) {
    var all = new HashMap<>(Map.of(CERTIFICATE, certificate.toString(), KEY, key.toString()));
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return Settings.of(all);
  }

  /**
   * Starts a server on the loopback address.
   *
   * @param nanos the clock by which it looks at its files again
   */
  static TlsService start(Settings settings, LongSupplier nanos, Optional<Integer> management) {
    Tls tls = Tls.from(settings, nanos);
    var address = new ListenAddress("stream", "127.0.0.1", 0, management, Access.local(), tls);
    return new TlsService(WebServer.of(address, new Up()));
  }

  /** A service with one metric. */
  private static final class Up implements Operations {
    @Override
    public Health ready() {
      return Health.of(Map.of("store", "ok"));
    }

    @Override
    public String metrics() {
      return "own_metric 1\n";
    }
  }

  String url(String path) {
    return server.url() + path;
  }

  int port() {
    return server.port();
  }

  static HttpResponse<String> get(PeerTrust by, String address) throws Exception {
    try (HttpClient client = by.client().build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }
  }

  /** The name in the certificate that a new caller sees. */
  String shown(PeerTrust by) throws Exception {
    HttpResponse<String> answer = get(by, url("/health"));
    var shown = (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
    return shown.getSubjectX500Principal().getName();
  }

  @Override
  public void close() {
    server.close();
  }
}
