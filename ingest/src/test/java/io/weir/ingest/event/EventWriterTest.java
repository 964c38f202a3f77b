package io.weir.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EventWriterTest {
  private final EventWriter writer = new EventWriter();
  private final RawEvent event = new RawEvent();

  EventWriterTest() {
    event.set(Field.EVENT_ID, "e1");
    event.set(Field.EVENT_TYPE, "purchase");
    event.setTime(Field.EVENT_TIME, 1_700_000_000_000L);
    event.set(Field.ANONYMOUS_ID, "v1");
  }

  private JsonNode written() throws Skip, IOException {
    return new ObjectMapper().readTree(writer.write(event));
  }

  @Test
  void fields_haveTheNamesOfTheContract() throws Exception {
    event.set(Field.CAMPAIGN_SOURCE, "mail");
    event.set(Field.CONSENT_ANALYTICS, "true");
    event.set(Field.VALUE, "12.50");
    event.set(Field.CURRENCY, "eur");
    event.add(new Product("p1", "Pen", "office", null, "1.25", "2"));
    event.bareProperty("status", "200");
    event.property("method", "GET");

    assertThat(written().toString())
        .isEqualTo(
            "{\"event_id\":\"e1\",\"event_type\":\"purchase\",\"event_time\":1700000000000,"
                + "\"anonymous_id\":\"v1\",\"value\":\"12.50\",\"currency\":\"EUR\","
                + "\"campaign\":{\"source\":\"mail\"},\"consent\":{\"analytics\":true},"
                + "\"products\":[{\"product_id\":\"p1\",\"name\":\"Pen\",\"category\":\"office\","
                + "\"price\":\"1.25\",\"quantity\":2}],"
                + "\"properties\":{\"status\":200,\"method\":\"GET\"}}");
  }

  @Test
  void refund_isAProperty() throws Exception {
    event.set(Field.VALUE, "-3.00");

    assertThat(written().path("properties").path("value").asText()).isEqualTo("-3.00");
    assertThat(written().has("value")).isFalse();
  }

  @Test
  void hugeExponent_isNoAmount() throws Exception {
    event.set(Field.VALUE, "1e999999999");

    assertThat(written().has("value")).isFalse();
  }

  @Test
  void longText_isCut_andCounted() throws Exception {
    event.set(Field.USER_AGENT, "x".repeat(2_000));

    assertThat(written().path("user_agent").asText()).hasSize(1_024);
    assertThat(writer.shortened()).isEqualTo(1);
  }

  @Test
  void nulAndHalfSurrogates_areReplaced() throws Exception {
    event.set(Field.URL, "/a\u0000b\ud800c");

    assertThat(written().path("url").asText()).isEqualTo("/a\ufffdb\ufffdc");
  }

  @Test
  void moreThan25Properties_areCut() throws Exception {
    for (int i = 0; i < 30; i++) {
      event.property("p" + i, "x");
      event.property("p" + i, "twice");
    }

    assertThat(written().path("properties")).hasSize(25);
  }

  @Test
  void largeEvent_isSkipped() {
    event.property("blob", "x".repeat(40_000));

    assertThatThrownBy(this::written).isInstanceOf(Skip.class).hasMessageContaining("bytes");
  }

  @Test
  void eventWithoutVisitor_isSkipped() {
    event.set(Field.ANONYMOUS_ID, "-");

    assertThatThrownBy(this::written)
        .extracting(e -> ((Skip) e).reason())
        .isEqualTo(Skip.Reason.NO_VISITOR);
  }
}
