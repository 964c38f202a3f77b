package io.weir.http.oidc;

import io.weir.http.access.OidcSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The provider that a service takes tokens of, if it has one. */
public final class Oidc implements AutoCloseable {
  /** How often somebody looks whether the keys are old. */
  private static final Duration TICK = Duration.ofSeconds(30);

  private final Duration tick;
  private final Optional<Provider> provider;
  private final Optional<KeyRing> keys;
  private final Optional<TokenJudge> tokens;
  private final Optional<SignIns> signIns;
  private final Optional<ScheduledExecutorService> timer;

  /**
   * @param settings empty for a service that takes no tokens
   */
  public Oidc(Optional<OidcSettings> settings) {
    this(settings, System::nanoTime, TICK);
  }

  /**
   * @param nanos a clock for the age of keys, and of the provider's description
   */
  Oidc(Optional<OidcSettings> settings, LongSupplier nanos, Duration tick) {
    this.tick = tick;
    this.provider = settings.map(one -> new Provider(one, nanos));
    this.keys = provider.map(one -> new KeyRing(one::keys, nanos));
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
    this.timer = keys.map(_ -> newTimer());
  }

  private static ScheduledExecutorService newTimer() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name("provider-keys").factory());
  }

  /** How people of the page sign in, if the provider knows the page. */
  public Optional<SignIns> signIns() {
    return signIns;
  }

  /** Asks for the keys, does not wait for them, and asks again when they are old. */
  public void begin() {
    keys.ifPresent(ring -> {
      var _ = ring.read();
      var _ =
          timer
              .orElseThrow()
              .scheduleWithFixedDelay(
                  ring::keepFresh, tick.toMillis(), tick.toMillis(), TimeUnit.MILLISECONDS);
    });
  }

  /** Whether tokens are taken, and a text has the form of one. */
  public boolean isToken(String text) {
    return tokens.isPresent() && TokenJudge.isToken(text);
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
    timer.ifPresent(ScheduledExecutorService::shutdownNow);
    provider.ifPresent(Provider::close);
  }
}
