package io.weir.ingest.registry;

import static io.weir.ingest.registry.RegistryOverHttp.LOGIN;
import static io.weir.ingest.registry.RegistryOverHttp.SHORT;
import static io.weir.ingest.registry.RegistryOverHttp.framed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import io.weir.process.Stop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Framed values, with a registry over real HTTP. */
@Timeout(60)
class FramedValuesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CLICK =
      """
      {"type":"record","name":"Click","namespace":"shop","fields":[
        {"name":"event","type":{"type":"enum","name":"Kind","symbols":["page","buy"]}},
        {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
        {"name":"day","type":{"type":"int","logicalType":"date"}},
        {"name":"visitor","type":["null","string"]},
        {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
        {"name":"share","type":"double"},
        {"name":"small","type":"float"},
        {"name":"raw","type":"bytes"},
        {"name":"tags","type":{"type":"map","values":"string"}},
        {"name":"items","type":{"type":"array","items":{"type":"record","name":"Item",
          "fields":[{"name":"sku","type":"string"}]}}}]}
      """;

  private final Stop stop = new Stop();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private RegistryOverHttp server;
  private SchemaRegistry registry;
  private FramedValues values;

  @BeforeEach
  void start() throws IOException {
    server = new RegistryOverHttp();
    registry = server.client(LOGIN, SHORT, stop);
    values = new FramedValues(registry, nanos::get);
  }

  @AfterEach
  void stop() {
    registry.close();
    server.close();
  }

  private static byte[] avro(Schema schema, Object value) throws IOException {
    var out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static GenericRecord click(Schema schema) {
    var click = new GenericData.Record(schema);
    click.put("event", new GenericData.EnumSymbol(schema.getField("event").schema(), "buy"));
    click.put("at", 1_719_828_000_000L);
    click.put("day", 19_905);
    click.put("visitor", "v1");
    click.put("price", ByteBuffer.wrap(new byte[] {4, (byte) 0xd1}));
    click.put("share", Double.NaN);
    click.put("small", 0.1f);
    click.put("raw", ByteBuffer.wrap(new byte[] {1}));
    click.put("tags", Map.of("a", "b"));
    Schema item = schema.getField("items").schema().getElementType();
    var first = new GenericData.Record(item);
    first.put("sku", "s1");
    click.put("items", List.of(first));
    return click;
  }

  private String text(byte[] value) throws Skip {
    return new String(values.text(value), UTF_8);
  }

  private Skip skip(byte[] value) {
    return catchThrowableOfType(Skip.class, () -> text(value));
  }

  @Test
  void avro_isJson() throws Exception {
    server.has(7, CLICK);
    var schema = new Schema.Parser().parse(CLICK);

    String text = text(framed(7, avro(schema, click(schema))));

    assertThat(JSON.readTree(text))
        .isEqualTo(
            JSON.readTree(
                """
                {"event":"buy","at":1719828000000,"day":"2024-07-01","visitor":"v1","price":12.33,
                 "share":null,"small":0.1,"raw":null,"tags":{"a":"b"},"items":[{"sku":"s1"}]}
                """));
  }

  @Test
  void schemaThatRefersToOthers_isPutTogether() throws Exception {
    server.hasAnswer(
        "/schemas/ids/3",
        """
        {"schema":"{\\"type\\":\\"record\\",\\"name\\":\\"A\\",\\"fields\\":[
          {\\"name\\":\\"b\\",\\"type\\":\\"B\\"}]}",
         "references":[{"name":"B","subject":"other/b","version":2}]}
        """
            .replace("\n", ""));
    server.hasAnswer(
        "/subjects/other%2Fb/versions/2",
        """
        {"schema":"{\\"type\\":\\"record\\",\\"name\\":\\"B\\",\\"fields\\":[
          {\\"name\\":\\"c\\",\\"type\\":\\"string\\"}]}"}
        """
            .replace("\n", ""));

    assertThat(text(framed(3, new byte[] {4, 'h', 'i'}))).isEqualTo("{\"b\":{\"c\":\"hi\"}}");
  }

  @Test
  void jsonWithAFrame_losesIt_andTextWithoutOneStays() throws Exception {
    server.hasAnswer("/schemas/ids/5", "{\"schema\":\"{}\",\"schemaType\":\"JSON\"}");

    assertThat(text(framed(5, "{\"a\":1}".getBytes(UTF_8)))).isEqualTo("{\"a\":1}");
    assertThat(text("{\"a\":1}".getBytes(UTF_8))).isEqualTo("{\"a\":1}");
  }

  @Test
  void unknownSchema_isAskedForThreeTimes_andAgainAfterAMinute() throws Exception {
    String path = "/schemas/ids/9";
    for (int i = 0; i < 3; i++) {
      assertThat(skip(framed(9, new byte[3])).reason()).isEqualTo(Reason.NO_SCHEMA);
      nanos.addAndGet(Duration.ofSeconds(19).toNanos());
    }
    assertThat(server.asked()).containsExactly(path, path, path);

    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(skip(framed(9, new byte[3])).reason()).isEqualTo(Reason.NO_SCHEMA);
    assertThat(server.asked()).hasSize(4);

    server.has(9, "\"string\"");
    nanos.addAndGet(Duration.ofSeconds(60).toNanos());
    assertThat(text(framed(9, new byte[] {4, 'h', 'i'}))).isEqualTo("\"hi\"");
    assertThat(text(framed(9, new byte[] {4, 'h', 'i'}))).isEqualTo("\"hi\"");
    assertThat(server.asked()).hasSize(5);
  }

  @Test
  void schemaThatComesLate_isWaitedFor() throws Exception {
    server.has(
        "/schemas/ids/9",
        exchange ->
            RegistryOverHttp.send(
                exchange,
                server.asked().size() < 3 ? 404 : 200,
                "{\"schema\":\"\\\"string\\\"\"}"));

    assertThat(text(framed(9, new byte[] {4, 'h', 'i'}))).isEqualTo("\"hi\"");
  }

  @Test
  void manyUnknownSchemas_areNotAllWaitedFor() {
    for (int id = 1; id <= 20; id++) {
      skip(framed(id, new byte[3]));
    }
    assertThat(server.asked()).hasSize(5 * 3 + 15);

    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    skip(framed(21, new byte[3]));
    assertThat(server.asked()).hasSize(5 * 3 + 15 + 3);
  }

  @Test
  void negativeNumber_isNoQuestion() {
    assertThat(skip(framed(-1, new byte[3])).reason()).isEqualTo(Reason.NO_SCHEMA);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void protobuf_isSkipped() {
    server.hasAnswer("/schemas/ids/5", "{\"schema\":\"message A {}\",\"schemaType\":\"PROTOBUF\"}");

    assertThat(skip(framed(5, new byte[3]))).hasMessageContaining("PROTOBUF");
  }

  @Test
  void schemaThatRefersToItself_isSkipped() throws IOException {
    server.has(
        4,
        """
        {"type":"record","name":"Node","fields":[{"name":"next","type":["null","Node"]}]}
        """);

    assertThat(skip(framed(4, new byte[] {2, 2, 0}))).hasMessageContaining("refers to itself");
  }

  @Test
  void brokenAvro_isSkipped() throws IOException {
    server.has(7, CLICK);

    assertThat(skip(framed(7, new byte[] {0, 1})).reason()).isEqualTo(Reason.NOT_AVRO);
    assertThat(skip(framed(7, new byte[0])).reason()).isEqualTo(Reason.NOT_AVRO);
    assertThat(skip(framed(7, new byte[] {99, 1, 1, 1, 1})).reason()).isEqualTo(Reason.NOT_AVRO);
  }

  @Test
  void promiseOfTwoBillionItems_takesNoMemory() throws Exception {
    server.has(6, "{\"type\":\"array\",\"items\":\"null\"}");
    server.has(8, "\"bytes\"");
    byte[] many = promise(Integer.MAX_VALUE - 8L);

    assertThat(skip(framed(6, many)).reason()).isEqualTo(Reason.NOT_AVRO);
    assertThat(skip(framed(8, many)).reason()).isEqualTo(Reason.NOT_AVRO);
  }

  /** Each level is a record of two fields of the next, all within the text of one schema. */
  private static String levels(int levels, String field) {
    String inner = "\"null\"";
    for (int level = levels; level > 0; level--) {
      String name = "R" + level;
      String again = level == levels ? inner : "\"R" + (level + 1) + "\"";
      inner =
          "{\"type\":\"record\",\"name\":\"%s\",\"fields\":[".formatted(name)
              + field.formatted("a", inner)
              + ","
              + field.formatted("b", again)
              + "]}";
    }
    return inner;
  }

  @Test
  void billionFieldsInAFewLines_areNoSchema() throws Exception {
    server.has(4, levels(30, "{\"name\":\"%s\",\"type\":%s}"));
    server.has(5, levels(13, "{\"name\":\"%s\",\"type\":%s}"));

    Skip refused = skip(framed(4, new byte[0]));
    assertThat(refused.reason()).isEqualTo(Reason.NO_SCHEMA);
    assertThat(refused).hasMessageContaining("more than 10000 fields");
    assertThat(text(framed(5, new byte[0])).split("null", -1)).hasSize((1 << 13) + 1);
  }

  @Test
  void defaultsOfRecordsInRecords_areNotGoneThrough() throws Exception {
    server.has(4, levels(30, "{\"name\":\"%s\",\"type\":%s,\"default\":{}}"));

    assertThat(skip(framed(4, new byte[0]))).hasMessageContaining("more than 10000 fields");
  }

  @Test
  void nestingWithoutEnd_isNoSchema() throws Exception {
    var union = new StringBuilder("[{\"type\":\"record\",\"name\":\"R0\",\"fields\":[]}");
    for (int i = 1; i < 1_500; i++) {
      union.append(
          ",{\"type\":\"record\",\"name\":\"R%d\",\"fields\":[{\"name\":\"a\",\"type\":\"R%d\"}]}"
              .formatted(i, i - 1));
    }
    server.has(4, union + "]");
    // Here the deepest is seen first.
    server.hasReferring("/subjects/u/versions/1", union + "]");
    server.hasReferring("/schemas/ids/5", "{\"type\":\"array\",\"items\":\"R1499\"}", "u/1");

    assertThat(skip(framed(4, new byte[1]))).hasMessageContaining("deeper than 100 levels");
    assertThat(skip(framed(5, new byte[1]))).hasMessageContaining("deeper than 100 levels");
  }

  private static byte[] promise(long items) throws IOException {
    var out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    encoder.writeLong(items);
    encoder.flush();
    return out.toByteArray();
  }

  @Test
  void itemsOfManyFieldsWithoutAByte_areBounded() throws Exception {
    String fields =
        IntStream.range(0, 5_000)
            .mapToObj("{\"name\":\"f%d\",\"type\":\"null\"}"::formatted)
            .collect(Collectors.joining(","));
    server.has(
        6,
        "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"R\",\"fields\":["
            + fields
            + "]}}");

    Skip refused = skip(framed(6, promise(1_000_000)));

    assertThat(refused.reason()).isEqualTo(Reason.NOT_AVRO);
    assertThat(refused).hasMessageContaining("more than 100000 values");
  }

  @Test
  void longNamesOfManyItems_areBounded() throws Exception {
    server.has(
        6,
        """
        {"type":"array","items":{"type":"enum","name":"E","symbols":["%s"]}}
        """
            .formatted("A".repeat(1 << 17)));
    byte[] content = Arrays.copyOf(promise(50_000), 50_010);

    assertThat(skip(framed(6, content))).hasMessageContaining("bytes as JSON");
  }

  @Test
  void longFixed_isNull() throws Exception {
    server.has(6, "{\"type\":\"fixed\",\"name\":\"F\",\"size\":1000000}");

    assertThat(text(framed(6, new byte[1_000_000]))).isEqualTo("null");
    assertThat(skip(framed(6, new byte[999_999])).reason()).isEqualTo(Reason.NOT_AVRO);
  }

  @Test
  void longSchema_isNotParsed() throws Exception {
    server.has(4, "{\"type\":\"string\",\"doc\":\"" + "x".repeat(256 << 10) + "\"}");

    assertThat(skip(framed(4, new byte[1]))).hasMessageContaining("more than 262144 characters");
  }
}
