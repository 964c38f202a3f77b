package io.weir.http;

import io.weir.http.oidc.TokenIssuer;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Doors for callers with tokens of a provider. */
final class TokenDoors {
  private TokenDoors() {}

  /** Takes the tokens of an issuer, and keys; more settings are pairs. */
  static Doors doors(TokenIssuer issuer, String... more) {
    var settings =
        new LinkedHashMap<>(
            Map.of(
                "WEIR_HTTP_OIDC_ISSUER",
                issuer.address(),
                "WEIR_HTTP_OIDC_AUDIENCE",
                "weir other",
                "WEIR_HTTP_RATE",
                "0",
                "WEIR_HTTP_KEYS",
                Doors.keys()));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return Doors.with(
        settings.entrySet().stream()
            .flatMap(each -> List.of(each.getKey(), each.getValue()).stream())
            .toArray(String[]::new));
  }

  /** Asks with a token. */
  static HttpResponse<String> with(Doors doors, String token, String path) {
    return doors.get(path, "Authorization", "Bearer " + token);
  }
}
