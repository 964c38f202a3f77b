package io.weir.stream.query.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldTopic;
import io.weir.contract.avro.GoldCell;
import io.weir.stream.gold.Measure;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;

/**
 * A cursor over stored cells. It finds the fields of a cell in its bytes and makes no record of
 * them: an answer reads some ten thousand cells, and of each one or two numbers.
 *
 * <p>A cell is encoded as Avro's specification says: after the header the fields in the order of
 * the schema, whole numbers as zigzag varints, texts and maps with their lengths before them.
 */
final class StoredCell {
  private static final AvroSerde<GoldCell> SERDE = AvroSerde.goldCell();
  private static final Schema SCHEMA = GoldCell.getClassSchema();
  private static final Schema.Type[] TYPES =
      SCHEMA.getFields().stream()
          .map(field -> field.schema().getType())
          .toArray(Schema.Type[]::new);

  /** The bytes before the fields: they name the schema. */
  private static final int HEADER = 10;

  private static final byte[] CURRENT = Arrays.copyOf(encoded(emptyCell()), HEADER);

  private static final int VALUE = place("value");
  private static final int BUCKET_START = place("bucket_start");
  private static final int SETTLED_UNTIL = place("settled_until");
  private static final int REFUNDED = place("refunded");
  private static final int GOAL_VALUE = place("goal_value");
  private static final int REVENUE = lastPlace("revenue");
  private static final Map<Measure, Integer> MEASURES = measures();

  /** The numbers, and the places at which texts and maps begin, by the place of the field. */
  private final long[] numbers = new long[TYPES.length];

  private byte[] bytes = {};
  private int at;

  private static GoldCell emptyCell() {
    return GoldCell.newBuilder()
        .setSubject("")
        .setGrain("")
        .setBucketStart(0)
        .setIsBot(false)
        .setDimension("")
        .setValue("")
        .setPartition(0)
        .setVersion(0)
        .build();
  }

  private static byte[] encoded(GoldCell cell) {
    return Objects.requireNonNull(SERDE.serialize(GoldTopic.STORE, cell));
  }

  private static int place(String field) {
    return SCHEMA.getField(field).pos();
  }

  private static int lastPlace(String field) {
    if (place(field) != TYPES.length - 1) {
      throw new IllegalStateException(field + " is not the last field of a cell");
    }
    return place(field);
  }

  private static Map<Measure, Integer> measures() {
    var places = new EnumMap<Measure, Integer>(Measure.class);
    for (Measure each : Measure.values()) {
      places.put(each, place(each.field()));
    }
    return places;
  }

  /** Moves on to another cell. */
  void read(byte[] stored) {
    bytes = isCurrent(stored) ? stored : converted(stored);
    at = HEADER;
    for (int i = 0; i < TYPES.length; i++) {
      switch (TYPES[i]) {
        case LONG, INT -> numbers[i] = varint();
        case BOOLEAN -> numbers[i] = bytes[at++];
        case STRING -> {
          numbers[i] = at;
          int length = (int) varint();
          at += length;
        }
        case MAP -> {
          numbers[i] = at;
          // Where the last field ends does not matter.
          if (i < REVENUE) {
            eachAmount((_, _) -> {});
          }
        }
        default -> throw new IllegalStateException("a cell has a field of type " + TYPES[i]);
      }
    }
  }

  private static boolean isCurrent(byte[] stored) {
    return Arrays.mismatch(stored, CURRENT) >= HEADER;
  }

  /** A cell that another version wrote, with the current schema. */
  private static byte[] converted(byte[] stored) {
    return encoded(Objects.requireNonNull(SERDE.deserialize(GoldTopic.STORE, stored)));
  }

  long bucketStart() {
    return numbers[BUCKET_START];
  }

  long settledUntil() {
    return numbers[SETTLED_UNTIL];
  }

  long number(Measure measure) {
    return numbers[Objects.requireNonNull(MEASURES.get(measure))];
  }

  String value() {
    at = (int) numbers[VALUE];
    return text();
  }

  boolean hasRevenue() {
    return bytes[(int) numbers[REVENUE]] != 0;
  }

  boolean hasRefunded() {
    return bytes[(int) numbers[REFUNDED]] != 0;
  }

  boolean hasGoalValue() {
    return bytes[(int) numbers[GOAL_VALUE]] != 0;
  }

  /** Calls for each currency with its amount. */
  void eachGoalValue(BiConsumer<String, String> amounts) {
    at = (int) numbers[GOAL_VALUE];
    eachAmount(amounts);
  }

  /** Calls for each currency with its amount. */
  void eachRevenue(BiConsumer<String, String> amounts) {
    at = (int) numbers[REVENUE];
    eachAmount(amounts);
  }

  /** Calls for each currency with its amount. */
  void eachRefunded(BiConsumer<String, String> amounts) {
    at = (int) numbers[REFUNDED];
    eachAmount(amounts);
  }

  private void eachAmount(BiConsumer<String, String> amounts) {
    // A map is blocks of entries; a negative number of entries stands before the block's bytes.
    for (long left = varint(); left != 0; left = varint()) {
      if (left < 0) {
        left = -left;
        varint();
      }
      for (; left > 0; left--) {
        amounts.accept(text(), text());
      }
    }
  }

  private String text() {
    int length = (int) varint();
    at += length;
    return new String(bytes, at - length, length, UTF_8);
  }

  private long varint() {
    long bits = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[at++];
      bits |= (next & 0x7fL) << shift;
      shift += 7;
    } while (next < 0);
    return (bits >>> 1) ^ -(bits & 1);
  }
}
