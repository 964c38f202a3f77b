package io.weir.stream;

import io.weir.stream.enrich.EnricherChain;
import io.weir.stream.enrich.Enrichments;
import io.weir.stream.ops.EnrichmentFailures;
import io.weir.stream.ops.GeoFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
   * of a start, so it waits its turn. An event that comes earlier loads it at once.
   *
   * @param turn returns when the processor may be used
   */
  void warm(Runnable turn) {
    if (enrichments.readsAgents()) {
      Thread.ofPlatform()
          .daemon()
          .name("user-agents")
          .start(() -> {
            turn.run();
            enrichments.agents().warm();
          });
    }
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
    if (geoFile != null) {
      geoFile.close();
    }
  }
}
