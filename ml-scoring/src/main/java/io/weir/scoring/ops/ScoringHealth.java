package io.weir.scoring.ops;

import io.weir.scoring.registry.Registry;
import java.util.LinkedHashMap;
import java.util.Map;

/** Would the next session be scored? Cheap to ask. */
public final class ScoringHealth {
  private static final String OK = "ok";

  private final Registry registry;
  private final StreamRunner stream;
  private final BrokerCheck broker;

  public ScoringHealth(Registry registry, StreamRunner stream, BrokerCheck broker) {
    this.registry = registry;
    this.stream = stream;
    this.broker = broker;
  }

  /** By the name of a part: "ok", or why it is not. */
  public Map<String, String> checks() {
    var checks = new LinkedHashMap<String, String>();
    checks.put("model", registry.current().map(_ -> OK).orElseGet(this::whyNoModel));
    checks.put("stream", stream.state());
    checks.put("kafka", broker.problem().orElse(OK));
    return checks;
  }

  private String whyNoModel() {
    return registry.problem().orElse("not loaded yet");
  }

  /** What an operator should look at although scoring goes on. */
  public Map<String, String> warnings() {
    boolean isOlderInUse = registry.current().isPresent() && registry.problem().isPresent();
    return isOlderInUse ? Map.of("model", whyNoModel() + "; the old one stays") : Map.of();
  }

  public boolean isReady() {
    return checks().values().stream().allMatch(OK::equals);
  }
}
