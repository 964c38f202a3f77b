package io.weir.sink;

import static io.weir.sink.TestRecords.NOON;
import static io.weir.sink.TestRecords.bytes;
import static io.weir.sink.TestRecords.event;

import io.weir.contract.avro.Identity;

/** A lake with somebody to be forgotten in it, and the commands that do. */
final class Forgotten {
  static final String USER = "user-to-be-forgotten-1";
  static final String VISITOR = "visitor-to-be-forgotten-1";
  static final String OTHER = "visitor-who-stays";

  private Forgotten() {}

  static byte[] identity(String visitor) {
    return bytes(
        Identity.newBuilder().setVisitorId(visitor).setUserId(USER).setEventTime(NOON).build());
  }

  static byte[] visit(String id, String visitor) {
    return bytes(event(id, e -> e.setVisitorId(visitor).setAnonymousId(visitor)));
  }

  static String json(String visitor, String id) {
    return "{\"event_id\":\"" + id + "\",\"anonymous_id\":\"" + visitor + "\"}";
  }

  static SinkLoop loop(Lake lake, SinkFactory factory, Feed feed) {
    var loop =
        new SinkLoop(factory.parts(feed, lake.catalog()), factory.consumer(feed.spec().name()));
    loop.start();
    return loop;
  }

  static void take(Lake lake, SinkFactory factory, Feed feed, int rows) {
    SinkLoop loop = loop(lake, factory, feed);
    Until.holds(() -> lake.rows(feed.spec()).size() == rows, loop);
    loop.close();
  }

  static String run(Lake lake, int code, String... arguments) {
    return Commands.run(lake, code, Commands.with(new String[] {"forget"}, arguments));
  }
}
