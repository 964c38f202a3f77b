package io.weir.training.session;

import io.weir.contract.avro.Session;
import io.weir.training.session.LakeSessions.Range;
import java.nio.file.Path;

/** Reads an Avro object container file of sessions. */
public final class SessionFile {
  private SessionFile() {}

  public static SessionSet read(Path file) {
    var set = new SessionSet(String.valueOf(file.getFileName()), null, Range.ALL);
    new AvroFile("--sessions", file, "sessions").<Session>each(Session.getClassSchema(), set::add);
    return set;
  }
}
