package io.weir.stream.query.visitor;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** A record of a topic by the names of its fields, without lists and without maps of numbers. */
final class TopicFields {
  private TopicFields() {}

  static Map<String, Object> of(IndexedRecord record) {
    var fields = new LinkedHashMap<String, Object>();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = plain(record.get(field.pos()));
      if (value != null) {
        fields.put(field.name(), value);
      }
    }
    return fields;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case IndexedRecord nested -> of(nested);
      case CharSequence text -> text.toString();
      case Number number -> number;
      case Boolean flag -> flag;
      case null, default -> null;
    };
  }
}
