package io.weir.ingest.registry;

import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Values in the frame of a schema registry, Avro or JSON. Others are text as they are. */
public final class FramedValues implements Values {
  static final int FRAME = 5;
  private static final int MOST_SCHEMAS = 10_000;

  /** The time after which a schema that was not usable is asked for again. */
  private static final long VERDICT_NANOS = Duration.ofMinutes(1).toNanos();

  /**
   * The new schemas that are waited for within a minute. Values that only look framed name
   * thousands, and must not hold up the others.
   */
  private static final int MOST_WAITS = 5;

  private final SchemaRegistry registry;
  private final LongSupplier nanos;
  private final Map<Integer, Known> known = new HashMap<>();
  private long waitsSince;
  private int waits;

  /** Reads what stands behind the frame. */
  interface Reader {
    byte[] text(byte[] framed) throws Skip;
  }

  /**
   * What is known of a schema.
   *
   * @param verdict why it has no reader
   */
  private record Known(@Nullable Reader reader, @Nullable Skip verdict, long since) {}

  public FramedValues(SchemaRegistry registry) {
    this(registry, System::nanoTime);
  }

  /**
   * @param nanos a clock for durations
   */
  FramedValues(SchemaRegistry registry, LongSupplier nanos) {
    this.registry = registry;
    this.nanos = nanos;
  }

  @Override
  public byte[] text(byte[] value) throws Skip {
    if (!Values.isFramed(value)) {
      return value;
    }
    int id = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
    if (id < 0) {
      throw new Skip(Reason.NO_SCHEMA, "no schema has the number " + id);
    }
    return reader(id).text(value);
  }

  /** A producer of records without a usable schema sends many: the registry is asked rarely. */
  private Reader reader(int id) throws Skip {
    Known before = known.get(id);
    if (before != null && before.reader != null) {
      return before.reader;
    }
    if (before != null
        && before.verdict != null
        && nanos.getAsLong() - before.since < VERDICT_NANOS) {
      throw before.verdict;
    }
    if (known.size() >= MOST_SCHEMAS) {
      known.clear();
    }
    try {
      Reader reader = reader(before == null && mayWait(), id);
      known.put(id, new Known(reader, null, nanos.getAsLong()));
      return reader;
    } catch (Skip skip) {
      known.put(id, new Known(null, skip, nanos.getAsLong()));
      throw skip;
    }
  }

  private boolean mayWait() {
    if (nanos.getAsLong() - waitsSince >= VERDICT_NANOS) {
      waits = 0;
    }
    return waits < MOST_WAITS;
  }

  private Reader reader(boolean mayWait, int id) throws Skip {
    SchemaRegistry.Entry entry = mayWait ? awaited(id) : registry.schema(id);
    return switch (entry.type()) {
      case "AVRO" -> AvroReader.of(entry);
      case "JSON" -> value -> Arrays.copyOfRange(value, FRAME, value.length);
      default -> throw new Skip(Reason.NO_SCHEMA, "schema " + id + " is of type " + entry.type());
    };
  }

  /** Only schemas that do not come use up the waits. */
  private SchemaRegistry.Entry awaited(int id) throws Skip {
    try {
      return registry.awaitedSchema(id);
    } catch (Skip skip) {
      if (waits == 0) {
        waitsSince = nanos.getAsLong();
      }
      waits++;
      throw skip;
    }
  }
}
