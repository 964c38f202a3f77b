package io.weir.stream.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.GoldCell;
import io.weir.stream.gold.Measure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredCellTest {
  private final AvroSerde<GoldCell> serde = AvroSerde.goldCell();
  private final StoredCell cursor = new StoredCell();

  /** A cell in which each whole number differs from all others. */
  private static GoldCell cell(String value, long least) {
    GoldCell cell =
        GoldCell.newBuilder()
            .setSubject("sessions")
            .setGrain("day")
            .setBucketStart(-62_135_596_800_000L)
            .setIsBot(true)
            .setDimension("country")
            .setValue(value)
            .setPartition(Integer.MAX_VALUE)
            .setVersion(Long.MAX_VALUE)
            .setRevenue(Map.of())
            .build();
    long next = least;
    for (Schema.Field field : GoldCell.getClassSchema().getFields()) {
      if (field.pos() > 7 && field.schema().getType() == Schema.Type.LONG) {
        cell.put(field.pos(), next++);
      }
    }
    return cell;
  }

  private byte[] stored(GoldCell cell) {
    return Objects.requireNonNull(serde.serialize("gold", cell));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -11, 0, 63, 1L << 40, Long.MAX_VALUE - 100})
  void numbers_areThoseOfTheRecord(long least) {
    GoldCell cell = cell("DE", least);

    cursor.read(stored(cell));

    for (Measure each : Measure.values()) {
      assertThat(cursor.number(each)).as(each.field()).isEqualTo(each.of(cell));
    }
    assertThat(cursor.bucketStart()).isEqualTo(-62_135_596_800_000L);
    assertThat(cursor.settledUntil()).isEqualTo(cell.getSettledUntil());
    assertThat(cursor.hasRevenue()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a|b", "\0", "ü€😀", "(rest)"})
  void value_isThatOfTheRecord(String value) {
    cursor.read(stored(cell(value, 1)));

    assertThat(cursor.value()).isEqualTo(value);
    assertThat(cursor.number(Measure.SESSIONS)).isEqualTo(1);
  }

  @Test
  void longValue_isThatOfTheRecord() {
    cursor.read(stored(cell("€".repeat(170), 1)));

    assertThat(cursor.value()).isEqualTo("€".repeat(170));
  }

  @Test
  void revenue_isThatOfTheRecord() {
    GoldCell cell = cell("DE", 1);
    cell.setRevenue(Map.of("EUR", "90071992547409931.25", "", "-3"));

    cursor.read(stored(cell));

    var found = new HashMap<String, String>();
    cursor.eachRevenue(found::put);
    assertThat(cursor.hasRevenue()).isTrue();
    assertThat(found).isEqualTo(cell.getRevenue());
  }

  @Test
  void refunded_isApartFromRevenue() {
    GoldCell cell = cell("DE", 1);
    cell.setRefunded(Map.of("EUR", "2", "USD", "17.5"));
    cell.setRevenue(Map.of("EUR", "3"));

    cursor.read(stored(cell));

    var revenue = new HashMap<String, String>();
    cursor.eachRevenue(revenue::put);
    var refunded = new HashMap<String, String>();
    cursor.eachRefunded(refunded::put);
    assertThat(revenue).isEqualTo(cell.getRevenue());
    assertThat(refunded).isEqualTo(cell.getRefunded());
    assertThat(cursor.hasRefunded()).isTrue();
  }

  @Test
  void nextCell_leavesNothingOfTheOneBefore() {
    GoldCell first = cell("a longer one", 5_000_000);
    first.setRevenue(Map.of("EUR", "1"));
    cursor.read(stored(first));

    cursor.read(stored(cell("DE", 0)));

    assertThat(cursor.value()).isEqualTo("DE");
    assertThat(cursor.number(Measure.SESSIONS)).isZero();
    assertThat(cursor.hasRevenue()).isFalse();
  }

  /** Avro may write a map in blocks that say their bytes. */
  @Test
  void mapInBlocks_isRead() {
    byte[] plain = stored(cell("DE", 1));
    byte[] blocks = {
      // two blocks: minus one entry of 4 bytes, one entry; then the end
      1, 8, 2, 'X', 2, '7', 2, 2, 'Y', 2, '8', 0
    };
    byte[] both = Arrays.copyOf(plain, plain.length - 1 + blocks.length);
    System.arraycopy(blocks, 0, both, plain.length - 1, blocks.length);

    cursor.read(both);

    var found = new HashMap<String, String>();
    cursor.eachRevenue(found::put);
    assertThat(found).isEqualTo(Map.of("X", "7", "Y", "8"));
    assertThat(found).isEqualTo(Objects.requireNonNull(serde.deserialize("", both)).getRevenue());
  }

  @Test
  void header_isTheFingerprintOfTheSchema() {
    byte[] stored = stored(cell("DE", 1));

    assertThat(ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).getLong(2))
        .isEqualTo(SchemaNormalization.parsingFingerprint64(GoldCell.getClassSchema()));
  }

  @Test
  void unknownSchema_isRefused() {
    byte[] stored = stored(cell("DE", 1));
    stored[5]++;

    assertThatThrownBy(() -> cursor.read(stored)).isInstanceOf(SerializationException.class);
  }
}
