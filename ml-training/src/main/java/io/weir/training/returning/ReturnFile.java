package io.weir.training.returning;

import io.weir.contract.avro.Session;
import io.weir.training.session.AvroFile;
import io.weir.training.session.LabelledRows;
import io.weir.training.session.LakeSessions.Range;
import java.nio.file.Path;

/** Reads an Avro object container file of sessions. */
public final class ReturnFile {
  private ReturnFile() {}

  public static ReturnSet read(Path file, Range range) {
    var source = new LabelledRows.Source(String.valueOf(file.getFileName()), null, range);
    var set = new ReturnSet(source);
    new AvroFile("--sessions", file, "sessions").<Session>each(Session.getClassSchema(), set::add);
    return set;
  }
}
