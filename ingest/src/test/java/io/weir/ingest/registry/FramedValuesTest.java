package io.weir.ingest.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import io.weir.process.StartupException;
import io.weir.process.Stop;
import io.weir.process.tls.PeerTrust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Framed values, with a registry over real HTTP. */
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

  private final Map<String, String> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private int status = 200;
  private HttpServer server;
  private SchemaRegistry registry;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    registry = registry(Optional.of("key:secret"), new Stop());
  }

  private SchemaRegistry registry(Optional<String> login, Stop stop) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return new SchemaRegistry(new SchemaRegistry.Address(url, login), PeerTrust.usual(), stop);
  }

  @AfterEach
  void stop() {
    registry.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    asked.add(path);
    String login = exchange.getRequestHeaders().getFirst("Authorization");
    String found = answers.get(path);
    // key:secret
    int code = !"Basic a2V5OnNlY3JldA==".equals(login) ? 401 : found == null ? 404 : status;
    byte[] body = (found == null ? "{}" : found).getBytes(UTF_8);
    exchange.sendResponseHeaders(code, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private void has(int id, String schema) throws IOException {
    answers.put("/schemas/ids/" + id, JSON.writeValueAsString(Map.of("schema", schema)));
  }

  private static byte[] framed(int id, byte[] content) {
    return ByteBuffer.allocate(5 + content.length).put((byte) 0).putInt(id).put(content).array();
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
    return new String(new FramedValues(registry).text(value), UTF_8);
  }

  private Skip skip(byte[] value) {
    return catchThrowableOfType(Skip.class, () -> text(value));
  }

  @Test
  void avro_isJson() throws Exception {
    has(7, CLICK);
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
    answers.put(
        "/schemas/ids/3",
        """
        {"schema":"{\\"type\\":\\"record\\",\\"name\\":\\"A\\",\\"fields\\":[
          {\\"name\\":\\"b\\",\\"type\\":\\"B\\"}]}",
         "references":[{"name":"B","subject":"other/b","version":2}]}
        """
            .replace("\n", ""));
    answers.put(
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
    answers.put("/schemas/ids/5", "{\"schema\":\"{}\",\"schemaType\":\"JSON\"}");

    assertThat(text(framed(5, "{\"a\":1}".getBytes(UTF_8)))).isEqualTo("{\"a\":1}");
    assertThat(text("{\"a\":1}".getBytes(UTF_8))).isEqualTo("{\"a\":1}");
  }

  @Test
  void unknownSchema_isAskedForOnce() {
    var values = new FramedValues(registry);
    for (int i = 0; i < 3; i++) {
      var skip = catchThrowableOfType(Skip.class, () -> values.text(framed(9, new byte[3])));
      assertThat(skip.reason()).isEqualTo(Reason.NO_SCHEMA);
    }
    assertThat(asked).containsExactly("/schemas/ids/9");
  }

  @Test
  void protobuf_isSkipped() {
    answers.put("/schemas/ids/5", "{\"schema\":\"message A {}\",\"schemaType\":\"PROTOBUF\"}");

    assertThat(skip(framed(5, new byte[3]))).hasMessageContaining("PROTOBUF");
  }

  @Test
  void schemaThatRefersToItself_isSkipped() throws IOException {
    has(
        4,
        """
        {"type":"record","name":"Node","fields":[{"name":"next","type":["null","Node"]}]}
        """);

    assertThat(skip(framed(4, new byte[] {2, 2, 0}))).hasMessageContaining("refers to itself");
  }

  @Test
  void brokenAvro_isSkipped() throws IOException {
    has(7, CLICK);

    assertThat(skip(framed(7, new byte[] {0, 1})).reason()).isEqualTo(Reason.NOT_AVRO);
    assertThat(skip(framed(7, new byte[0])).reason()).isEqualTo(Reason.NOT_AVRO);
    assertThat(skip(framed(7, new byte[] {99, 1, 1, 1, 1})).reason()).isEqualTo(Reason.NOT_AVRO);
  }

  @Test
  void promiseOfTwoBillionItems_takesNoMemory() throws Exception {
    has(6, "{\"type\":\"array\",\"items\":\"null\"}");
    var many = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(many, null);
    encoder.writeLong(Integer.MAX_VALUE - 8L);
    encoder.flush();
    has(8, "\"bytes\"");

    assertThat(skip(framed(6, many.toByteArray())).reason()).isEqualTo(Reason.NOT_AVRO);
    assertThat(skip(framed(8, many.toByteArray())).reason()).isEqualTo(Reason.NOT_AVRO);
  }

  @Test
  void refusedLogin_isAMessage() {
    try (var other = registry(Optional.empty(), new Stop())) {
      assertThatThrownBy(() -> new FramedValues(other).text(framed(7, new byte[1])))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("answers 401; does it want WEIR_INGEST_REGISTRY_USER");
    }
  }

  @Test
  void registryInTrouble_isAskedAgain_untilAStop() throws IOException {
    has(7, CLICK);
    status = 503;
    var stop = new Stop();
    stop.request();
    try (var stopped = registry(Optional.of("key:secret"), stop)) {
      assertThatThrownBy(() -> new FramedValues(stopped).text(framed(7, new byte[1])))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("does not help");
    }
  }
}
