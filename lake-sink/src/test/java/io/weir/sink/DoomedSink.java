package io.weir.sink;

import io.weir.process.Settings;
import io.weir.sink.ops.SinkMetrics;
import io.weir.sink.table.LakeCatalog;
import java.time.Clock;

/** A process of its own that writes the raw table until its doom: {@code POINT PASSES GROUP}. */
final class DoomedSink {
  private DoomedSink() {}

  public static void main(String[] arguments) {
    var doom = new Doom(Doom.Point.valueOf(arguments[0]), Integer.parseInt(arguments[1]));
    SinkConfig config = SinkConfig.from(Settings.ofProcess());
    var factory = new SinkFactory(config, Clock.systemUTC(), new SinkMetrics());
    Feed feed = factory.feeds().raw();
    LoopParts parts = factory.parts(feed, LakeCatalog.open(config.lake()));
    var doomed =
        new LoopParts(
            parts.topic(),
            doom.writer(parts.writer()),
            doom.committer(parts.committer()),
            parts.roll(),
            parts.clock(),
            parts.ids(),
            parts.health(),
            parts.meters(),
            parts.acceptsLostOffsets(),
            parts.topicId());
    var loop = new SinkLoop(doomed, doom.consumer(factory.consumer(arguments[2])));
    loop.start();
    while (!Thread.currentThread().isInterrupted()) {
      loop.doWork();
    }
  }
}
