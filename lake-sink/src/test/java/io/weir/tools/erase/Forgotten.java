package io.weir.tools.erase;

import static io.weir.testkit.TestRecords.NOON;
import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;

import io.weir.contract.avro.Identity;
import io.weir.sink.Lake;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.TableFeed;
import io.weir.sink.loop.Until;
import io.weir.tools.Commands;

/** A lake with a person to erase, and the commands that erase the person. */
public final class Forgotten {
  public static final String USER = "user-to-be-forgotten-1";
  public static final String VISITOR = "visitor-to-be-forgotten-1";
  public static final String OTHER = "visitor-who-stays";

  private Forgotten() {}

  public static byte[] identity(String visitor) {
    return bytes(
        Identity.newBuilder().setVisitorId(visitor).setUserId(USER).setEventTime(NOON).build());
  }

  public static byte[] visit(String id, String visitor) {
    return bytes(event(id, e -> e.setVisitorId(visitor).setAnonymousId(visitor)));
  }

  public static String json(String visitor, String id) {
    return "{\"event_id\":\"" + id + "\",\"anonymous_id\":\"" + visitor + "\"}";
  }

  public static SinkLoop loop(Lake lake, TestSink factory, TableFeed feed) {
    var loop =
        new SinkLoop(factory.parts(feed, lake.catalog()), factory.consumer(feed.spec().name()));
    loop.start();
    return loop;
  }

  public static void take(Lake lake, TestSink factory, TableFeed feed, int rows) {
    SinkLoop loop = loop(lake, factory, feed);
    Until.holds(() -> lake.rows(feed.spec()).size() == rows, loop);
    loop.close();
  }

  public static String run(Lake lake, int code, String... arguments) {
    return Commands.run(lake, code, Commands.with(new String[] {"forget"}, arguments));
  }
}
