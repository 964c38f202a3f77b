package io.weir.ingest.format;

import io.weir.ingest.event.EventWriter;
import io.weir.ingest.event.Field;
import io.weir.ingest.event.RawEvent;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Times;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/** Converts records to the JSON of their events. */
final class Converted {
  private Converted() {}

  static Formats formats(String... rules) {
    return new Formats(MapRules.parse(Arrays.asList(rules)), new Times(ZoneOffset.UTC), "", false);
  }

  static List<byte[]> records(String... lines) {
    return Arrays.stream(lines).map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
  }

  static String json(EventFormat format, String record) throws Skip {
    var event = new RawEvent();
    byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
    format.convert(bytes, bytes.length, event);
    event.setIfAbsent(Field.EVENT_ID, "derived");
    return new String(new EventWriter().write(event), StandardCharsets.UTF_8);
  }

  /** The JSON of the record in the format that is detected from it. */
  static String json(String record) throws Skip {
    List<byte[]> records = records(record);
    return json(formats().make(formats().detect(records), records), record);
  }
}
