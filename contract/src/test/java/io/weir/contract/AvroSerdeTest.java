package io.weir.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.RecordHeader;
import io.weir.contract.avro.RejectedRecord;
import io.weir.contract.avro.Score;
import io.weir.contract.avro.ScoreReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSerdeTest {

  @Test
  void encodeThenDecode_isIdentity() {
    RejectedRecord rejected =
        RejectedRecord.newBuilder()
            .setReason(RejectReason.NOT_JSON.code())
            .setDetail("line 1")
            .setRawTopic("clickstream.raw")
            .setRawPartition(3)
            .setRawOffset(42)
            .setAppendTime(1_700_000_000_000L)
            .setHeaders(List.of(new RecordHeader("h", ByteBuffer.wrap(new byte[] {0, -1}))))
            .setValue(ByteBuffer.wrap(new byte[] {(byte) 0xc3, 0x28}))
            .build();
    AvroSerde<RejectedRecord> serde = AvroSerde.rejected();

    byte[] bytes = serde.serialize("t", rejected);

    assertThat(serde.deserialize("t", bytes)).isEqualTo(rejected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "na\u00efve \u20ac \ud83d\ude00", "half \ud83d"})
  void encoding_isAvrosOwn(String text) throws IOException {
    var encoder = new RecordEncoder();
    var avros = new ByteArrayOutputStream();
    Encoder expected = EncoderFactory.get().binaryEncoder(avros, null);
    for (Encoder each : List.of(encoder, expected)) {
      for (long number : new long[] {0, -1, 63, 64, -65, 1L << 40, Long.MIN_VALUE}) {
        each.writeLong(number);
        each.writeInt((int) number);
      }
      each.writeBoolean(true);
      each.writeFloat(1.5f);
      each.writeDouble(-2.25);
      each.writeString(text);
      each.writeString(text.repeat(1000));
      each.writeBytes(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      each.writeArrayStart();
      each.setItemCount(1);
      each.startItem();
      each.writeNull();
      each.writeIndex(1);
      each.writeArrayEnd();
      each.flush();
    }

    assertThat(encoder.toBytes()).isEqualTo(avros.toByteArray());
    assertThat(encoder.bytesBuffered()).isEqualTo(avros.size());
  }

  @Test
  void message_isAvrosSingleObjectEncoding() throws IOException {
    var reason = new ScoreReason("device", "mobile", -0.5);
    var score = new Score("s-1", 3, false, "v\u00e9", 1L, 0.25, "m", "7", 2L, List.of(reason));
    var avros = new ByteArrayOutputStream();
    new BinaryMessageEncoder<Score>(new SpecificData(), Score.getClassSchema())
        .encode(score, avros);

    assertThat(AvroSerde.score().serialize("t", score)).isEqualTo(avros.toByteArray());
  }

  @Test
  void decode_foreignBytes_namesTheTopic() {
    assertThatThrownBy(() -> AvroSerde.session().deserialize("clickstream.sessions", new byte[12]))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("clickstream.sessions");
  }

  @Test
  void tombstone_staysATombstone() {
    assertThat(AvroSerde.score().serialize("t", null)).isNull();
    assertThat(AvroSerde.score().deserialize("t", null)).isNull();
  }
}
