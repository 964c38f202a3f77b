package io.weir.scoring.ops;

import io.weir.process.streams.StreamRunner;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.Registry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The answer to "would the next session be scored?", cheap to compute. */
public final class ScoringHealth {
  private static final String OK = "ok";

  private final Registry registry;
  private final StreamRunner stream;
  private final BrokerCheck broker;
  private final Supplier<Map<String, String>> others;

  /**
   * The health of a service.
   *
   * @param others more problems to look at, by the name of the part
   */
  public ScoringHealth(
      Registry registry,
      StreamRunner stream,
      BrokerCheck broker,
      Supplier<Map<String, String>> others) {
    this.registry = registry;
    this.stream = stream;
    this.broker = broker;
    this.others = others;
  }

  /** The state of each part by name: "ok", or the problem. */
  public Map<String, String> checks() {
    var checks = new LinkedHashMap<String, String>();
    checks.put("model", registry.current().map(_ -> OK).orElseGet(this::whyNoModel));
    checks.put("stream", stream());
    checks.put("kafka", broker.problem().orElse(OK));
    return checks;
  }

  private String stream() {
    if (stream.isServing()) {
      return OK;
    }
    return switch (stream.state()) {
      case "CREATED" -> "not started: waits for a model";
      case String state -> "is " + state;
    };
  }

  private String whyNoModel() {
    return registry.problem().orElse("not loaded yet");
  }

  /** Problems that an operator should look at although scoring continues. */
  public Map<String, String> warnings() {
    var warnings = new LinkedHashMap<String, String>();
    Optional<LoadedModel> current = registry.current();
    if (current.isPresent() && registry.problem().isPresent()) {
      warnings.put("model", whyNoModel() + "; " + current.get().version() + " stays in use");
    }
    warnings.putAll(others.get());
    return warnings;
  }

  public boolean isReady() {
    return checks().values().stream().allMatch(OK::equals);
  }
}
