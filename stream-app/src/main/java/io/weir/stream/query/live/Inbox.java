package io.weir.stream.query.live;

import io.micronaut.http.sse.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/** Sessions of other instances until the next step takes them; what finds no room is counted. */
final class Inbox {
  private final Queue<Event<Object>> sessions;
  private final LongAdder skipped = new LongAdder();

  Inbox(int most) {
    this.sessions = new ArrayBlockingQueue<>(most);
  }

  void offer(Event<Object> session) {
    if (!sessions.offer(session)) {
      skipped.increment();
    }
  }

  List<Event<Object>> take() {
    var taken = new ArrayList<Event<Object>>();
    for (int i = sessions.size(); i > 0; i--) {
      taken.add(sessions.remove());
    }
    return taken;
  }

  long skipped() {
    return skipped.sum();
  }
}
