package io.weir.sink.ops;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The health of one loop: whether its next record would succeed, and why not. A step that takes
 * very long counts as a problem too, because some libraries retry for minutes without a word.
 */
public final class LoopHealth {
  private static final long LONGEST_STEP_SECONDS = 20;

  private final String name;
  private final LongSupplier nanoTime;
  private volatile @Nullable String problem = "starting";
  private volatile @Nullable String note;
  private volatile OptionalLong stepBegan = OptionalLong.empty();

  public LoopHealth(String name) {
    this(name, System::nanoTime);
  }

  LoopHealth(String name, LongSupplier nanoTime) {
    this.name = name;
    this.nanoTime = nanoTime;
  }

  public String name() {
    return name;
  }

  public void up() {
    problem = null;
    note = null;
  }

  /** Reports that the loop has nothing to do yet, and why. */
  public void waitsFor(String reason) {
    problem = null;
    note = reason;
  }

  public void down(String reason) {
    problem = reason;
    note = null;
  }

  public void stepBegins() {
    stepBegan = OptionalLong.of(nanoTime.getAsLong());
  }

  public void stepEnds() {
    stepBegan = OptionalLong.empty();
  }

  public Optional<String> problem() {
    String known = problem;
    return known == null ? waiting() : Optional.of(known);
  }

  /** Why a loop without a problem has nothing to do. */
  public Optional<String> note() {
    return Optional.ofNullable(note);
  }

  private Optional<String> waiting() {
    OptionalLong began = stepBegan;
    if (began.isEmpty()) {
      return Optional.empty();
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - began.getAsLong());
    return seconds < LONGEST_STEP_SECONDS
        ? Optional.empty()
        : Optional.of("waits for the store or the catalog for " + seconds + " s");
  }
}
