package io.weir.http;

import io.micronaut.http.server.netty.ssl.ServerSslBuilder;
import io.micronaut.http.ssl.ServerSslConfiguration;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.weir.process.tls.ServerKey;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * The TLS of a server: versions 1.3 and 1.2, and of 1.2 only what keeps past connections secret
 * when a key is stolen.
 */
final class ServerTls implements ServerSslBuilder {
  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** Java reads it before the first handshake of a server. */
  private static final String REFUSED = "jdk.tls.rejectClientInitiatedRenegotiation";

  private final ServerKey key;
  private final ServerSslConfiguration configuration = new ServerSslConfiguration();

  ServerTls(ServerKey key) {
    this.key = key;
    // With 1.2 one connection could ask for handshakes without end, which nobody counts.
    System.setProperty(REFUSED, "true");
    configuration.setEnabled(true);
  }

  @Override
  public ServerSslConfiguration getSslConfiguration() {
    return configuration;
  }

  @Override
  public Optional<SslContext> build() {
    try {
      return Optional.of(
          SslContextBuilder.forServer(key)
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
              .build());
    } catch (SSLException e) {
      throw new IllegalStateException("every JDK has TLS 1.3", e);
    }
  }
}
