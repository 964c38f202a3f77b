package io.weir.http.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.weir.http.access.OidcSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The provider's own pages. Each answer is bounded in size and time, and no redirect is followed.
 * Nothing here blocks.
 */
final class Provider implements AutoCloseable {
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final int LARGEST = 256 << 10;
  private static final int OK = 200;
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration WHOLE = Duration.ofSeconds(8);

  private final OidcSettings settings;
  private final HttpClient client;
  private final Discovery discovery;

  /**
   * @param nanos a clock for the age of the description
   */
  Provider(OidcSettings settings, LongSupplier nanos) {
    this.settings = settings;
    this.discovery = new Discovery(this::readDescription, nanos);
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** What the provider says about itself. */
  record Description(Map<String, Object> fields) {
    URI address(String field) {
      return Optional.ofNullable(text(field))
          .flatMap(OidcSettings::safe)
          .orElseThrow(() -> new ProviderException("its description has no safe " + field));
    }

    boolean allows(String field, String value) {
      return fields.get(field) instanceof List<?> all && all.contains(value);
    }

    @Nullable String text(String field) {
      return fields.get(field) instanceof String text ? text : null;
    }
  }

  /** The description, which may be a minute old. */
  CompletableFuture<Description> description() {
    return discovery.get();
  }

  /** Reads the description, which must be of the issuer that is configured. */
  private CompletableFuture<Description> readDescription() {
    String issuer = settings.issuer();
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return fetch(get(URI.create(base + DISCOVERY)))
        .thenApply(body -> {
          var description = new Description(json(body));
          if (!issuer.equals(description.text("issuer"))) {
            throw new ProviderException("its description names another issuer");
          }
          return description;
        });
  }

  /** Reads the keys that sign tokens now. */
  CompletableFuture<JWKSet> keys() {
    return settings
        .keys()
        .map(CompletableFuture::completedFuture)
        .orElseGet(() -> description().thenApply(found -> found.address("jwks_uri")))
        .thenCompose(address -> fetch(get(address)))
        .thenApply(Provider::keySet);
  }

  /** Asks for the tokens that a code stands for. */
  CompletableFuture<Map<String, Object>> tokens(HttpRequest request) {
    return fetch(request).thenApply(Provider::json);
  }

  private static JWKSet keySet(String body) {
    try {
      return JWKSet.parse(body);
    } catch (ParseException e) {
      throw new ProviderException("its keys cannot be read", e);
    }
  }

  private static Map<String, Object> json(String body) {
    try {
      return JSONObjectUtils.parse(body);
    } catch (ParseException e) {
      throw new ProviderException("its answer is no JSON object", e);
    }
  }

  private static HttpRequest get(URI address) {
    return HttpRequest.newBuilder(address).header("Accept", "application/json").build();
  }

  private CompletableFuture<String> fetch(HttpRequest request) {
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST));
    // A timeout of the request ends with the headers; this one is for the body, too.
    return exchange
        .copy()
        .orTimeout(WHOLE.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((_, failure) -> {
          if (failure != null) {
            exchange.cancel(true);
          }
        })
        .thenApply(answer -> {
          if (answer.statusCode() != OK) {
            throw new ProviderException(
                request.uri().getPath() + " answers " + answer.statusCode());
          }
          return answer.body();
        });
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
