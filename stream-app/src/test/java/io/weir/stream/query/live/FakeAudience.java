package io.weir.stream.query.live;

import io.weir.stream.query.visitor.SessionAnswer;
import java.util.ArrayList;
import java.util.List;

/** An audience that remembers what it heard. */
final class FakeAudience implements Audience {
  final List<String> visitors = new ArrayList<>();
  final List<LiveCounters> counters = new ArrayList<>();
  boolean isPresent = true;
  boolean isClosed;

  @Override
  public boolean isPresent(long now) {
    return isPresent;
  }

  @Override
  public void send(String name, Object data) {
    switch (data) {
      case SessionAnswer session -> visitors.add(session.visitorId());
      case LiveCounters told -> counters.add(told);
      default -> throw new AssertionError(name + " " + data);
    }
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
