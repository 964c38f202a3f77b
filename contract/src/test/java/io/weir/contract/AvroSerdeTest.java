package io.weir.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.RecordHeader;
import io.weir.contract.avro.RejectedRecord;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

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
