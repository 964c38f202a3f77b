package io.weir.sink.ops;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the next record of one loop would succeed, and why not. */
public final class LoopHealth {
  private final String name;
  private volatile @Nullable String problem = "starting";

  public LoopHealth(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  public void up() {
    problem = null;
  }

  public void down(String reason) {
    problem = reason;
  }

  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }
}
