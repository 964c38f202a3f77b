package io.weir.stream.query.live;

import io.micronaut.core.type.Argument;
import io.micronaut.http.sse.Event;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What one connection to another instance brings: filled by its reader, looked at by the step. */
final class Feed {
  private final ObjectMapper json;
  private final Inbox sessions;
  private final AtomicReference<@Nullable LiveCounters> counters = new AtomicReference<>();
  private volatile boolean isDropped;
  private volatile boolean hasEnded;

  Feed(ObjectMapper json, Inbox sessions) {
    this.json = json;
    this.sessions = sessions;
  }

  /** Sessions are passed on as they are written. */
  void event(String name, String data) {
    if (isDropped) {
      return;
    }
    switch (name) {
      case "session" -> sessions.offer(Event.<Object>of(data).name(name));
      case "counters" -> counters.set(read(data));
      default -> {}
    }
  }

  private @Nullable LiveCounters read(String data) {
    try {
      return json.readValue(data, Argument.of(LiveCounters.class));
    } catch (IOException e) {
      throw new UncheckedIOException("counters in a form this version does not read", e);
    }
  }

  void end() {
    hasEnded = true;
  }

  boolean hasEnded() {
    return hasEnded;
  }

  /** From now on nothing it brings counts: another connection may tell the same. */
  void drop() {
    isDropped = true;
  }

  /** The newest counters, once. */
  Optional<LiveCounters> takeCounters() {
    return Optional.ofNullable(counters.getAndSet(null));
  }
}
