package io.weir.ingest.format;

import io.weir.ingest.event.EventNames;
import io.weir.ingest.event.Field;
import io.weir.ingest.event.Product;
import io.weir.ingest.event.RawEvent;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import io.weir.ingest.event.Times;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The user's own events, as JSON lines or CSV, with a mapping of the fields. */
final class MappedFormat implements EventFormat {
  private static final String PROPERTIES = "properties.";
  private static final int SHOWN = 48;

  private final Rows rows;
  private final FieldMapping mapping;
  private final Map<String, Field> fields;
  private final Set<String> ignored;
  private final Sample sample;
  private final EventNames names;
  private final Times times;
  private final Md5 md5 = new Md5();

  MappedFormat(Rows rows, FieldMapping mapping, MapRules rules, Sample sample, Times times) {
    this.rows = rows;
    this.mapping = mapping;
    this.fields = mapping.bySource();
    this.ignored = rules.ignored();
    this.sample = sample;
    this.names = new EventNames(rules.types());
    this.times = times;
  }

  @Override
  public void convert(byte[] record, int length, RawEvent into) throws Skip {
    mapping.constants().forEach(into::set);
    var values = new Values(into);
    rows.read(record, length, values);
    String time = into.get(Field.EVENT_TIME);
    if (time != null && into.time(Field.EVENT_TIME) == Times.INVALID) {
      throw new Skip(Reason.BAD_TIME, time);
    }
    String type = into.get(Field.EVENT_TYPE);
    into.set(Field.EVENT_TYPE, type == null ? null : names.type(type));
    if (mapping.isVisitorFromAddress()) {
      String address = into.get(Field.IP_ADDRESS);
      String agent = into.get(Field.USER_AGENT);
      if (address != null) {
        into.set(Field.ANONYMOUS_ID, md5.visitor(address, agent == null ? "-" : agent));
      }
    }
  }

  private final class Values implements Row {
    private final RawEvent event;

    Values(RawEvent event) {
      this.event = event;
    }

    @Override
    public void value(String name, String value, boolean isBare) {
      Field field = fields.get(name);
      if (field != null) {
        event.set(field, value);
        if (field.isTime()) {
          event.setTime(field, times.parse(value));
        }
      } else if (!ignored.contains(name)) {
        String property = name.startsWith(PROPERTIES) ? name.substring(PROPERTIES.length()) : name;
        if (isBare) {
          event.bareProperty(property, value);
        } else {
          event.property(property, value);
        }
      }
    }

    @Override
    public void product(Product product) {
      event.add(product);
    }
  }

  @Override
  public String describe() {
    return describe(true);
  }

  @Override
  public String describeNames() {
    return describe(false);
  }

  private String describe(boolean hasExamples) {
    var text = new StringBuilder();
    for (Field field : Field.values()) {
      String source = mapping.sources().get(field);
      String constant = mapping.constants().get(field);
      if (source != null) {
        line(text, field.title(), source, hasExamples ? example(source) : "");
      } else if (constant != null) {
        line(text, field.title(), "'" + constant + "'", "");
      } else if (field == Field.EVENT_ID) {
        line(text, field.title(), "derived from the record", "");
      } else if (field == Field.EVENT_TIME) {
        line(text, field.title(), "the time of the record in Kafka", "");
      }
    }
    if (mapping.isVisitorFromAddress()) {
      line(text, "anonymous_id", "md5(address|user agent)", "");
    }
    if (sample.hasProducts()) {
      line(text, "products", "the list of products", "");
    }
    for (String name : sample.values().keySet()) {
      if (!fields.containsKey(name)) {
        String use = ignored.contains(name) ? "(ignored)" : "(property)";
        line(text, use, name, hasExamples ? example(name) : "");
      }
    }
    return text.toString().stripTrailing();
  }

  private String example(String source) {
    var values = sample.values().get(source);
    String value = values == null || values.isEmpty() ? "" : Skip.shortened(values.getFirst());
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
  }

  private static void line(StringBuilder text, String field, String source, String example) {
    text.append(
        String.format(Locale.ROOT, "%-18s %-26s %s%n", field, Skip.shortened(source), example));
  }
}
