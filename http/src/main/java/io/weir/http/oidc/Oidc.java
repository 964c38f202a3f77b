package io.weir.http.oidc;

import io.weir.http.access.OidcSettings;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The provider that a service takes tokens of, if it has one. */
public final class Oidc implements AutoCloseable {
  private final Optional<Provider> provider;
  private final Optional<KeyRing> keys;
  private final Optional<TokenJudge> tokens;
  private final Optional<SignIns> signIns;

  /**
   * @param settings empty for a service that takes no tokens
   */
  public Oidc(Optional<OidcSettings> settings) {
    this.provider = settings.map(Provider::new);
    this.keys = provider.map(one -> new KeyRing(one::keys, System::nanoTime));
    this.tokens =
        keys.map(ring -> new TokenJudge(settings.orElseThrow(), ring, InstantSource.system()));
    this.signIns =
        settings
            .flatMap(OidcSettings::page)
            .map(page ->
                new SignIns(
                    settings.orElseThrow(),
                    page,
                    provider.orElseThrow(),
                    keys.orElseThrow(),
                    tokens.orElseThrow()));
  }

  /** How people of the page sign in, if the provider knows the page. */
  public Optional<SignIns> signIns() {
    return signIns;
  }

  /** Asks for the keys for the first time, and does not wait for them. */
  public void begin() {
    keys.ifPresent(ring -> {
      var _ = ring.read();
    });
  }

  /** Whose token this is; empty if it is not right, or no tokens are taken. */
  public Optional<TokenOwner> owner(String token) {
    return tokens.flatMap(judge -> judge.owner(token));
  }

  /** Whether a token may be right, and the provider can be asked for its key. */
  public boolean isWorthAsking(String token) {
    return keys.filter(KeyRing::mayRead).isPresent()
        && tokens.filter(judge -> judge.isOfUnknownKey(token)).isPresent();
  }

  /** Whether nobody can say if a token is right, because the provider never answered. */
  public boolean isBlind(String token) {
    return keys.filter(KeyRing::isEmpty).isPresent()
        && tokens.filter(judge -> judge.isOfUnknownKey(token)).isPresent();
  }

  /** Reads the keys again; it never fails. */
  public CompletableFuture<Void> read() {
    return keys.map(KeyRing::read).orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  @Override
  public void close() {
    provider.ifPresent(Provider::close);
  }
}
