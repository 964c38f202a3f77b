package io.weir.training.session;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.training.session.LakeSessions.Range;
import java.nio.file.Path;

/** Reads an Avro object container file of sessions. */
public final class SessionFile {
  private SessionFile() {}

  public static SessionSet read(Path file) {
    return read(file, CutPlan.NONE);
  }

  /** Reads sessions, which wait for their events if they are to be cut. */
  private static SessionSet read(Path file, CutPlan plan) {
    var set = new SessionSet(String.valueOf(file.getFileName()), null, Range.ALL, plan);
    new AvroFile("--sessions", file, "sessions").<Session>each(Session.getClassSchema(), set::add);
    return set;
  }

  /** Reads sessions and cuts them by their events. */
  public static SessionSet read(Path file, Path events, CutPlan plan) {
    SessionSet set = read(file, plan);
    new AvroFile("--events", events, "events")
        .<EnrichedEvent>each(EnrichedEvent.getClassSchema(), set.cuts()::add);
    return set;
  }
}
