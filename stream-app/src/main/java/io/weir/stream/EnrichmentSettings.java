package io.weir.stream;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.stream.enrich.EnrichmentRules;
import io.weir.stream.enrich.Enrichments;
import io.weir.stream.enrich.IpMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The settings of the enrichments.
 *
 * @param geoFile a path, {@code demo} for the file of invented places, or empty for no places
 */
public record EnrichmentSettings(EnrichmentRules rules, Optional<String> geoFile) {
  static final String DEMO = "demo";

  private static final String NONE = "none";

  static EnrichmentSettings from(Settings settings) {
    List<String> names =
        names(settings.text("stream.enrichments", String.join(",", Enrichments.names())));
    List<String> own = list(settings.text("stream.own-domains", "").toLowerCase(Locale.ROOT));
    IpMode ipMode = ipMode(settings.text("stream.ip-anonymisation", "truncate"));
    Optional<String> key = settings.text("stream.pseudonym-key");
    EnrichmentRules named =
        checked(
            "WEIR_STREAM_ENRICHMENTS",
            () -> new EnrichmentRules(names, own, IpMode.OFF, Optional.empty()));
    EnrichmentRules rules =
        checked(
            "WEIR_STREAM_PSEUDONYM_KEY",
            () -> new EnrichmentRules(named.names(), own, ipMode, key));
    return new EnrichmentSettings(rules, settings.text("stream.geo-file"));
  }

  private static EnrichmentRules checked(String setting, Supplier<EnrichmentRules> rules) {
    try {
      return rules.get();
    } catch (IllegalArgumentException e) {
      throw new StartupException(setting + ": " + e.getMessage(), e);
    }
  }

  private static List<String> names(String text) {
    return text.equals(NONE) ? List.of() : list(text);
  }

  private static List<String> list(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).filter(t -> !t.isEmpty()).toList();
  }

  private static IpMode ipMode(String text) {
    for (IpMode mode : IpMode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(text)) {
        return mode;
      }
    }
    throw new StartupException(
        "WEIR_STREAM_IP_ANONYMISATION=" + text + " is not off, truncate, drop or pseudonym");
  }
}
