package io.weir.training.click;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.training.session.AvroFile;
import io.weir.training.session.LabelledRows;
import io.weir.training.session.LakeSessions.Range;
import java.nio.file.Path;

/** Reads an Avro object container file of accepted events. */
public final class EventFile {
  private EventFile() {}

  public static ImpressionSet read(Path file) {
    var source = new LabelledRows.Source(String.valueOf(file.getFileName()), null, Range.ALL);
    var set = new ImpressionSet(source);
    new AvroFile("--events", file, "events")
        .<EnrichedEvent>each(EnrichedEvent.getClassSchema(), set::add);
    return set;
  }
}
