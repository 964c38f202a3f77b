package io.weir.sink.loop;

import io.weir.sink.TestSink;

/**
 * A process that writes the raw table until it reaches its {@link Doom}; its arguments are {@code
 * POINT PASSES GROUP}.
 */
final class DoomedSink {
  private DoomedSink() {}

  public static void main(String[] arguments) {
    var doom = new Doom(Doom.Point.valueOf(arguments[0]), Integer.parseInt(arguments[1]));
    TestSink factory = TestSink.ofProcess();
    TableFeed feed = factory.feeds().raw();
    LoopParts parts = factory.parts(feed, factory.catalog());
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
            parts.topicId(),
            parts.tracing());
    var loop = new SinkLoop(doomed, doom.consumer(factory.consumer(arguments[2])));
    loop.start();
    while (!Thread.currentThread().isInterrupted()) {
      loop.doWork();
    }
  }
}
