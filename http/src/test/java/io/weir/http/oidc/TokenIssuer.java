package io.weir.http.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A provider that gives out keys, and signs what a test wants. */
public final class TokenIssuer implements AutoCloseable {
  public static final RSAKey RSA = rsa("rsa-1", 2_048);
  public static final ECKey EC = ec("ec-1");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Requests for the keys. */
  public final AtomicInteger asked = new AtomicInteger();

  /** Requests for the description. */
  public final AtomicInteger described = new AtomicInteger();

  /** What is answered; an empty one is an error of the server. */
  public volatile String keys;

  public volatile String discovery;

  /** What is given for a code; an empty one is an error. */
  public volatile String tokens = "";

  /** What came for a code: the header, and the body. */
  public volatile String exchanged = "";

  /** Held closed, the provider does not answer. */
  public volatile CountDownLatch gate = new CountDownLatch(0);

  private TokenIssuer(HttpServer server) {
    this.server = server;
    this.keys = set(RSA, EC);
    this.discovery =
        "{'issuer':'A','jwks_uri':'A/keys','authorization_endpoint':'A/auth?a=1','token_endpoint':'A/token'}"
            .replace('\'', '"')
            .replace("A", address());
  }

  public static TokenIssuer start() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var issuer = new TokenIssuer(server);
      server.createContext("/keys", exchange -> issuer.answer(exchange, true));
      server.createContext("/.well-known/", exchange -> issuer.answer(exchange, false));
      server.createContext("/token", issuer::exchange);
      server.setExecutor(issuer.threads);
      server.start();
      return issuer;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(HttpExchange exchange, boolean isKeys) throws IOException {
    (isKeys ? asked : described).incrementAndGet();
    try (exchange) {
      gate.await();
      byte[] body = (isKeys ? keys : discovery).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(body.length == 0 ? 500 : 200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchanged =
          exchange.getRequestHeaders().getFirst("Authorization")
              + " "
              + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      byte[] body = tokens.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(body.length == 0 ? 400 : 200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public static RSAKey rsa(String id, int bits) {
    try {
      return new RSAKeyGenerator(bits, true).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a provider shows of its keys. */
  public static String set(JWK... all) {
    return new JWKSet(List.of(all)).toString(true);
  }

  /** Right claims, to be changed. */
  public JWTClaimsSet.Builder claims(String... roles) {
    return new JWTClaimsSet.Builder()
        .issuer(address())
        .audience("weir")
        .subject("user-1")
        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
        .claim("roles", List.of(roles));
  }

  public static String sign(JWK key, JWTClaimsSet.Builder claims) {
    return sign(key, key.getKeyID(), "JWT", claims);
  }

  public static String sign(
      JWK key, @Nullable String id, String type, JWTClaimsSet.Builder claims) {
    JWSAlgorithm algorithm = key instanceof ECKey ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256;
    return sign(
        key,
        new JWSHeader.Builder(algorithm).keyID(id).type(new JOSEObjectType(type)).build(),
        claims);
  }

  public static String sign(JWK key, JWSHeader header, JWTClaimsSet.Builder claims) {
    try {
      JWSSigner signer =
          key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.toRSAKey());
      var token = new SignedJWT(header, claims.build());
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From now on nobody answers. */
  public void stop() {
    close();
  }

  @Override
  public void close() {
    gate.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
