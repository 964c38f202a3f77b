package io.weir.stream.processor.limits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.stream.ingest.Excerpt;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class CuttingDeserializerTest {
  private final CuttingDeserializer values = CuttingDeserializer.ofValues();

  @Test
  void valueAtItsLimit_staysAsItIs() {
    byte[] value = numbered(RecordLimits.VALUE);

    byte[] read = values.deserialize("topic", new RecordHeaders(), ByteBuffer.wrap(value));

    assertThat(read).isEqualTo(value);
    assertThat(Excerpt.read(read)).isNull();
  }

  @Test
  void valueAboveItsLimit_leavesBothEndsItsLengthAndItsDigest() throws NoSuchAlgorithmException {
    byte[] value = numbered(10_000_202);

    byte[] read =
        requireNonNull(values.deserialize("topic", new RecordHeaders(), ByteBuffer.wrap(value)));

    Excerpt excerpt = requireNonNull(Excerpt.read(read));
    assertThat(excerpt.length()).isEqualTo(10_000_202);
    assertThat(excerpt.digest())
        .isEqualTo(ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(value)));
    assertThat(excerpt.ends().slice(0, Excerpt.END))
        .isEqualTo(ByteBuffer.wrap(value, 0, Excerpt.END));
    assertThat(excerpt.ends().slice(Excerpt.END, Excerpt.END))
        .isEqualTo(ByteBuffer.wrap(value, value.length - Excerpt.END, Excerpt.END));
    assertThat(read.length).isLessThan(RecordLimits.VALUE);
  }

  @Test
  void partOfALargerBuffer_isReadAlone() {
    byte[] record = "key and value and more".getBytes(UTF_8);

    byte[] read =
        values.deserialize("topic", new RecordHeaders(), ByteBuffer.wrap(record, 8, 5).slice());

    assertThat(read).isEqualTo("value".getBytes(UTF_8));
  }

  @Test
  void absentValue_staysAbsentAndItsHeadersAreCut() {
    var headers = new RecordHeaders();
    headers.add("large", new byte[900_000]);

    assertThat(values.deserialize("topic", headers, (ByteBuffer) null)).isNull();
    assertThat(HeaderCut.length(headers)).isEqualTo(900_005);
    assertThat(HeaderCut.fitting(headers)).isEmpty();
  }

  @Test
  void headersAboveTheirLimit_keepTheFirstThatFit() {
    var headers = new RecordHeaders();
    headers.add("a", new byte[10_000]);
    headers.add("b", new byte[RecordLimits.HEADERS]);
    headers.add("c", new byte[1]);

    values.deserialize("topic", headers, ByteBuffer.wrap(new byte[1]));

    assertThat(HeaderCut.fitting(headers)).extracting(Header::key).containsExactly("a");
    assertThat(HeaderCut.length(headers)).isEqualTo(10_000 + RecordLimits.HEADERS + 1 + 3);
  }

  @Test
  void headersWithinTheirLimit_stayInOrder() {
    var headers = new RecordHeaders();
    headers.add("a", new byte[100]);
    headers.add("b", null);
    headers.add("a", new byte[1]);

    values.deserialize("topic", headers, ByteBuffer.wrap(new byte[1]));

    assertThat(StreamSupport.stream(headers.spliterator(), false).map(Header::key))
        .containsExactly("a", "b", "a");
    assertThat(HeaderCut.length(headers)).isEqualTo(104);
  }

  private static byte[] numbered(int length) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + i / 256);
    }
    return bytes;
  }
}
