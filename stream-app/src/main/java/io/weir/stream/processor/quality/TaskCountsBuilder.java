package io.weir.stream.processor.quality;

import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds {@link TaskCounts}, which are neither cached nor logged. */
public final class TaskCountsBuilder implements StoreBuilder<TaskCounts> {
  private final String name;

  public TaskCountsBuilder(String name) {
    this.name = name;
  }

  @Override
  public TaskCounts build() {
    return new TaskCounts(name);
  }

  @Override
  public StoreBuilder<TaskCounts> withCachingEnabled() {
    return this;
  }

  @Override
  public StoreBuilder<TaskCounts> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<TaskCounts> withLoggingEnabled(Map<String, String> config) {
    return this;
  }

  @Override
  public StoreBuilder<TaskCounts> withLoggingDisabled() {
    return this;
  }

  @Override
  public Map<String, String> logConfig() {
    return Map.of();
  }

  @Override
  public boolean loggingEnabled() {
    return false;
  }

  @Override
  public String name() {
    return name;
  }
}
