package io.weir.ingest.format;

import io.weir.ingest.event.Field;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Times;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The field that each value of a record fills.
 *
 * @param sources the source of each field that has one
 * @param constants the values of fields that are equal in every event
 * @param isVisitorFromAddress whether the visitor is derived from address and user agent
 */
record FieldMapping(
    Map<Field, String> sources, Map<Field, String> constants, boolean isVisitorFromAddress) {
  private static final int SHOWN = 600;

  FieldMapping {
    sources = Map.copyOf(sources);
    constants = Map.copyOf(constants);
  }

  /** The fields by their sources. */
  Map<String, Field> bySource() {
    var fields = new HashMap<String, Field>();
    sources.forEach((field, source) -> fields.put(source, field));
    return fields;
  }

  /**
   * Finds the mapping by the names and values of a sample; rules come first.
   *
   * @param hasRecordTime whether the time of the record can stand in for that of the event
   * @throws IllegalArgumentException if no mapping gives events; the message says what to add to a
   *     file
   */
  static FieldMapping find(Sample sample, MapRules rules, Times times, boolean hasRecordTime) {
    Map<Field, String> sources = new EnumMap<>(Field.class);
    rules
        .sources()
        .forEach((field, source) -> {
          if (!source.isEmpty()) {
            sources.put(field, source);
          }
        });
    for (Field field : Field.values()) {
      if (isOpen(field, sources, rules)) {
        String source = source(field, sample, sources, times);
        if (source != null) {
          sources.put(field, source);
        }
      }
    }
    for (Field field : Field.values()) {
      if (isOpen(field, sources, rules)) {
        byLastName(field, sample, sources, times).ifPresent(source -> sources.put(field, source));
      }
    }
    Map<Field, String> constants = new EnumMap<>(Field.class);
    constants.putAll(rules.constants());
    try {
      return complete(sources, constants, hasRecordTime);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ". Fields: " + shown(sample), e);
    }
  }

  private static boolean isOpen(Field field, Map<Field, String> sources, MapRules rules) {
    return !sources.containsKey(field)
        && !rules.sources().containsKey(field)
        && !rules.constants().containsKey(field);
  }

  /** The nested value whose last name is that of the field, if there is only one. */
  private static Optional<String> byLastName(
      Field field, Sample sample, Map<Field, String> taken, Times times) {
    List<String> found =
        sample.values().entrySet().stream()
            .filter(value -> value.getKey().indexOf('.') > 0)
            .filter(value -> FieldNames.isNamedLast(field, value.getKey()))
            .filter(value -> !taken.containsValue(value.getKey()))
            .filter(value -> isPlausible(field, value.getValue(), times))
            .map(Map.Entry::getKey)
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private static FieldMapping complete(
      Map<Field, String> sources, Map<Field, String> constants, boolean hasRecordTime) {
    boolean hasType =
        sources.containsKey(Field.EVENT_TYPE) || constants.containsKey(Field.EVENT_TYPE);
    if (!hasType && sources.containsKey(Field.URL)) {
      constants.put(Field.EVENT_TYPE, "page_view");
    } else if (!hasType) {
      throw missing("event type", "event_type = …, or event_type = 'page_view' for all");
    }
    if (!sources.containsKey(Field.EVENT_TIME) && !hasRecordTime) {
      throw missing("event time", "event_time = …");
    }
    boolean hasVisitor =
        sources.containsKey(Field.ANONYMOUS_ID) || sources.containsKey(Field.USER_ID);
    boolean hasAddress =
        sources.containsKey(Field.IP_ADDRESS) && sources.containsKey(Field.USER_AGENT);
    if (!hasVisitor && !hasAddress) {
      throw missing("visitor", "anonymous_id = … or user_id = …");
    }
    return new FieldMapping(sources, constants, !hasVisitor);
  }

  private static String shown(Sample sample) {
    return Skip.shortened(String.join(", ", sample.values().keySet()), SHOWN);
  }

  private static IllegalArgumentException missing(String what, String line) {
    return new IllegalArgumentException(
        "no field looks like the " + what + ": name it in a file given with --map, " + line);
  }

  private static @Nullable String source(
      Field field, Sample sample, Map<Field, String> taken, Times times) {
    for (String candidate : FieldNames.of(field)) {
      for (Map.Entry<String, List<String>> value : sample.values().entrySet()) {
        String source = value.getKey();
        if (FieldNames.bare(source).equals(candidate)
            && !taken.containsValue(source)
            && isPlausible(field, value.getValue(), times)) {
          return source;
        }
      }
    }
    return null;
  }

  /** Whether most of the values can be what the field holds. */
  private static boolean isPlausible(Field field, List<String> values, Times times) {
    Predicate<String> fits =
        switch (field) {
          case EVENT_TIME, SENT_AT, RECEIVED_AT -> text -> times.parse(text) != Times.INVALID;
          case EVENT_TYPE -> text -> text.length() <= 100 && !Character.isDigit(text.charAt(0));
          case URL -> text -> text.startsWith("/") || text.contains("://");
          case IP_ADDRESS -> text -> text.indexOf('.') > 0 || text.indexOf(':') >= 0;
          case VALUE, PRODUCT_PRICE, PRODUCT_QUANTITY -> FieldMapping::isNumber;
          default -> _ -> true;
        };
    long fitting = values.stream().filter(fits).count();
    return 2 * fitting > values.size();
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-');
  }
}
