package io.weir.stream;

import io.weir.stream.enrich.EnricherChain;
import io.weir.stream.enrich.Enrichments;
import io.weir.stream.ops.EnrichmentFailures;
import io.weir.stream.ops.GeoFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The enrichments with the files they read and the threads that keep them ready. */
final class EnrichmentRun implements AutoCloseable {
  private static final Duration GEO_CHECK = Duration.ofSeconds(3);
  private static final String DEMO_PLACES = "/enrich/demo.mmdb";

  private final Enrichments enrichments;
  private final EnrichmentSettings settings;
  private final EnricherChain chain;
  private @Nullable GeoFile geoFile;
  private volatile boolean isClosed;

  EnrichmentRun(EnrichmentSettings settings) {
    this.settings = settings;
    this.enrichments = new Enrichments(settings.rules());
    this.chain = enrichments.chain(System::nanoTime, new EnrichmentFailures());
  }

  EnricherChain chain() {
    return chain;
  }

  /** The id under which the state and all outputs know a visitor. */
  String storedId(String visitor) {
    return enrichments.storedId(visitor);
  }

  /** All ids the state may know a visitor by. */
  List<String> storedIds(String visitor) {
    return enrichments.storedIds(visitor);
  }

  /** The key of those who refused consent, where one of its own is needed. */
  void useStrangersKey(Supplier<String> key) {
    if (enrichments.needsStrangersKey()) {
      enrichments.useStrangersKey(key.get());
    }
  }

  /** Loads the geo file. */
  void start() {
    settings.geoFile().ifPresent(this::useGeo);
  }

  /**
   * Loads what is slow to load in the background. It takes as much of the processor as all the rest
   * of a start, so it waits its turn. An event that comes earlier loads it at once. After the end
   * nothing is loaded.
   *
   * @param turn returns when the processor may be used
   * @return the thread that waits and loads; empty if nothing is slow to load
   */
  Optional<Thread> warm(Runnable turn) {
    return warm(turn, enrichments.agents()::warm);
  }

  /** The same with what loads. */
  Optional<Thread> warm(Runnable turn, Runnable load) {
    if (!enrichments.readsAgents()) {
      return Optional.empty();
    }
    return Optional.of(
        Thread.ofPlatform()
            .daemon()
            .name("user-agents")
            .start(() -> {
              turn.run();
              if (!isClosed) {
                load.run();
              }
            }));
  }

  private void useGeo(String file) {
    if (file.equals(EnrichmentSettings.DEMO)) {
      enrichments.geo().use(GeoFile.builtIn(DEMO_PLACES));
      return;
    }
    var watched = new GeoFile(Path.of(file), enrichments.geo());
    watched.check();
    watched.watch(GEO_CHECK);
    geoFile = watched;
  }

  @Override
  public void close() {
    isClosed = true;
    if (geoFile != null) {
      geoFile.close();
    }
  }
}
