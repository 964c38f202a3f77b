package io.weir.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.ingest.event.EventNames;
import io.weir.ingest.event.RawEvent;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Times;
import java.util.List;

/**
 * Makes the format of a source, and detects the format from the first records.
 *
 * @param site the address before the paths of web server logs
 * @param hasRecordTime whether each record comes with a time of its own, as in Kafka
 * @param hasExamples whether a complaint quotes a record, which may be personal
 */
public record Formats(
    MapRules rules,
    Times times,
    String site,
    boolean isPagesOnly,
    boolean hasRecordTime,
    boolean hasExamples) {

  /** Formats of files. */
  public Formats(MapRules rules, Times times, String site, boolean isPagesOnly) {
    this(rules, times, site, isPagesOnly, false, false);
  }

  /** The same formats for records that come with a time of their own. */
  public Formats withRecordTime() {
    return new Formats(rules, times, site, isPagesOnly, true, hasExamples);
  }

  /** The same formats for a person, who is shown the record that a complaint is about. */
  public Formats withExamples() {
    return new Formats(rules, times, site, isPagesOnly, hasRecordTime, true);
  }

  /**
   * Detects the format.
   *
   * @throws IllegalArgumentException if the records are in none of the formats
   */
  public FormatName detect(List<byte[]> records) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("there are no records");
    }
    String first = Text.decode(records.getFirst(), records.getFirst().length);
    if (first.startsWith("[") && !isCombined(records)) {
      throw new IllegalArgumentException(
          "this is one JSON array; make lines of it, for example with jq -c '.[]'");
    }
    if (first.startsWith("{")) {
      return ofJson(records);
    }
    if (isCombined(records)) {
      return FormatName.COMBINED;
    }
    if (SnowplowColumns.isOne(first)) {
      return FormatName.SNOWPLOW;
    }
    if (CsvRows.under(first).isPlausible()) {
      return FormatName.CSV;
    }
    throw new IllegalArgumentException(
        "the format is not recognised; give it with --format"
            + (hasExamples ? ". First record: " + Skip.shortened(first) : ""));
  }

  private static FormatName ofJson(List<byte[]> records) {
    for (byte[] record : records) {
      try {
        JsonNode node = JsonRecord.object(record, record.length);
        if (Ga4.isOne(node)) {
          return FormatName.GA4;
        }
        if (Snowplow.isOne(node)) {
          return FormatName.SNOWPLOW;
        }
        return Segment.isOne(node) ? FormatName.SEGMENT : FormatName.JSONL;
      } catch (Skip _) {
        // a torn line tells nothing; the next one may
      }
    }
    return FormatName.JSONL;
  }

  /**
   * Whether this is a log: nothing else looks like a line of a log, so a fifth of the lines is
   * enough.
   */
  private static boolean isCombined(List<byte[]> records) {
    var log = new CombinedLog("", false);
    int lines = 0;
    for (byte[] record : records) {
      try {
        log.convert(record, record.length, new RawEvent());
        lines++;
      } catch (Skip _) {
        // not a line
      }
    }
    return lines > 0 && 5 * lines >= records.size();
  }

  /** Whether the first record of a file names the columns. */
  public static boolean hasHeader(FormatName name) {
    return name == FormatName.CSV;
  }

  /**
   * The format for a file.
   *
   * @param records the first records of the file, with the header if there is one
   * @throws IllegalArgumentException if the records have no mapping
   */
  public EventFormat make(FormatName name, List<byte[]> records) {
    var names = new EventNames(rules.types());
    return switch (name) {
      case COMBINED -> new CombinedLog(site, isPagesOnly);
      case GA4 -> new Ga4(names);
      case SEGMENT -> new Segment(names, times);
      case SNOWPLOW ->
          new Snowplow(names, times, !records.isEmpty() && records.getFirst()[0] != '{');
      case JSONL -> mapped(new JsonRows(), records);
      case CSV -> {
        byte[] header = records.getFirst();
        yield mapped(
            CsvRows.under(Text.decode(header, header.length)), records.subList(1, records.size()));
      }
    };
  }

  private EventFormat mapped(Rows rows, List<byte[]> records) {
    Sample sample = Sample.of(rows, records);
    FieldMapping mapping = FieldMapping.find(sample, rules, times, hasRecordTime);
    return new MappedFormat(rows, mapping, rules, sample, times);
  }
}
