package io.weir.stream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.RejectReason;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.ingest.Checked.Accepted;
import io.weir.stream.ingest.Checked.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventValidatorTest {
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final String REQUIRED =
      "'event_id':'e1','event_type':'page_view','event_time':'2026-03-01T11:59:58Z','user_id':'u1'";

  private static final TimeRules TIMES = new TimeRules(Duration.ofMinutes(5), Duration.ofDays(30));

  private final EventValidator validator = new EventValidator(TIMES, EventRules.any());

  private Checked check(String json) {
    return validator.check(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), NOON);
  }

  @Test
  void typeThatIsNotListed_isRejected() {
    var listed =
        new EventValidator(
            TIMES, new EventRules(Set.of("page_view", "search"), InternalTraffic.NONE));
    byte[] known = ("{" + REQUIRED + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    byte[] other =
        ("{" + REQUIRED + "}")
            .replace('\'', '"')
            .replace("page_view", "mouse_wiggle")
            .getBytes(StandardCharsets.UTF_8);

    assertThat(listed.check(known, NOON)).isInstanceOf(Accepted.class);
    assertThat(listed.check(other, NOON))
        .isEqualTo(
            new Rejected(
                RejectReason.BAD_EVENT_TYPE,
                "event_type is not listed in stream.event-types: mouse_wiggle"));
    assertThat(validator.check(other, NOON)).isInstanceOf(Accepted.class);
  }

  private EnrichedEvent accepted(String json) {
    assertThat(check(json)).isInstanceOf(Accepted.class);
    return ((Accepted) check(json)).event();
  }

  @Test
  void minimalEvent_isAccepted() {
    EnrichedEvent event = accepted("{" + REQUIRED + "}");

    assertThat(event.getVisitorId()).isEqualTo("u1");
    assertThat(event.getEventTime()).isEqualTo(NOON - 2_000);
  }

  @Test
  void anonymousId_isTheVisitorBeforeUserId() {
    assertThat(accepted("{" + REQUIRED + ",'anonymous_id':'a1'}").getVisitorId()).isEqualTo("a1");
  }

  @Test
  void aliases_areRead() {
    EnrichedEvent event =
        accepted(
            "{'messageId':'e1','event_type':'search','originalTimestamp':1772366398000,"
                + "'anonymousId':'a','userId':'u','sessionId':'s','page_url':'https://x/y','ip':'::1'}");

    assertThat(event.getEventId()).isEqualTo("e1");
    assertThat(event.getEventTime()).isEqualTo(1_772_366_398_000L);
    assertThat(event.getClientSessionId()).isEqualTo("s");
    assertThat(event.getUrl()).isEqualTo("https://x/y");
    assertThat(event.getIpAddress()).isEqualTo("::1");
  }

  @Test
  void ownName_winsOverItsAliasInAnyOrder() {
    String own = "'event_time':'2026-03-01T11:00:00Z'";
    String alias = "'timestamp':'2026-03-01T10:00:00Z'";
    String rest = "'event_id':'e','event_type':'x','user_id':'u',";

    assertThat(accepted("{" + rest + own + "," + alias + "}").getEventTime())
        .isEqualTo(accepted("{" + rest + alias + "," + own + "}").getEventTime())
        .isEqualTo(NOON - 3_600_000);
  }

  @Test
  void wrongDeviceClock_isCorrectedBySendAndReceiveTimes() {
    EnrichedEvent event =
        accepted(
            "{'event_id':'e','event_type':'x','user_id':'u','event_time':'2031-01-01T00:00:00Z',"
                + "'sent_at':'2031-01-01T00:00:10Z','received_at':'2026-03-01T11:59:59Z'}");

    assertThat(event.getEventTime()).isEqualTo(NOON - 11_000);
    assertThat(Instant.ofEpochMilli(event.getDeviceTime())).isEqualTo("2031-01-01T00:00:00Z");
  }

  @Test
  void products_areReadWithExactPrices() {
    EnrichedEvent event =
        accepted(
            "{"
                + REQUIRED
                + ",'products':[{'product_id':'p','price':19.99,'quantity':3,'color':'red'}]}");

    assertThat(event.getProducts()).hasSize(1);
    assertThat(event.getProducts().getFirst().getPriceE4()).isEqualTo(199_900);
    assertThat(event.getProducts().getFirst().getQuantity()).isEqualTo(3);
  }

  @Test
  void productsOfTheLargestWorth_areRead() {
    EnrichedEvent event =
        accepted(
            "{"
                + REQUIRED
                + ",'products':[{'product_id':'p','quantity':10000000,'price':9999999.9999},"
                + "{'product_id':'q'},{'product_id':'r','price':999.9999}]}");

    assertThat(event.getProducts()).hasSize(3);
    assertThat(event.getProducts().getFirst().getQuantity()).isEqualTo(10_000_000);
  }

  @Test
  void productId_isShorthandForOneProduct() {
    assertThat(accepted("{" + REQUIRED + ",'product_id':'p9'}").getProducts())
        .singleElement()
        .extracting("productId")
        .isEqualTo("p9");
  }

  @Test
  void unknownFields_areKeptAsText() {
    EnrichedEvent event =
        accepted("{" + REQUIRED + ",'experiment':'b','nested':{'a':[1,2]},'nothing':null}");

    assertThat(event.getExtras())
        .containsEntry("experiment", "b")
        .containsEntry("nested", "{\"a\":[1,2]}")
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | NOT_AN_OBJECT",
        "\"text\" | NOT_AN_OBJECT",
        "{'event_id':'e1' | NOT_JSON",
        "{'event_id':'e1'} trailing | NOT_JSON",
        "{} {} | NOT_JSON",
        "nonsense | NOT_JSON",
        "{} | MISSING_FIELD",
        "{'event_id':'','event_type':'x','event_time':1772366398000,'user_id':'u'} | MISSING_FIELD",
        "{'event_id':'e','event_type':'x','event_time':1772366398000} | MISSING_FIELD",
        "{'event_id':'e','event_type':'x','event_time':1772366398000,'user_id':null} | MISSING_FIELD",
        "{'event_id':7,'event_type':'x','event_time':1772366398000,'user_id':'u'} | WRONG_TYPE",
        "{'event_id':'e','event_type':'Page','event_time':1772366398000,'user_id':'u'} | BAD_EVENT_TYPE",
        "{'event_id':'e','event_type':'x','event_time':'soon','user_id':'u'} | BAD_TIME",
        "{'event_id':'e','event_type':'x','event_time':1.5,'user_id':'u'} | WRONG_TYPE",
        "{'event_id':'e','event_type':'x','event_time':99999999999999999999,'user_id':'u'} | BAD_TIME",
        "{'event_id':'e','event_type':'x','event_time':9223372036854775807,'user_id':'u'} | TIME_IN_FUTURE",
        "{'event_id':'e','event_type':'x','event_time':'2026-03-01T12:05:00.001Z','user_id':'u'} | TIME_IN_FUTURE",
        "{'event_id':'e','event_type':'x','event_time':-1,'user_id':'u'} | TIME_TOO_OLD",
        "{'event_id':'e','event_id':'f'} | DUPLICATE_KEY",
        "{'products':[{'product_id':'p','price':-1}]} | BAD_VALUE",
        "{'products':[{'product_id':'p','quantity':0}]} | BAD_VALUE",
        "{'products':[{'product_id':'p','quantity':10000001}]} | BAD_VALUE",
        "{'products':[{'product_id':'p','price':'99999999999999.9999','quantity':2}]} | BAD_VALUE",
        "{'products':[{'product_id':'p','quantity':10000000,'price':10000000}]} | BAD_VALUE",
        "{'products':[{'product_id':'p','price':99999999999999},{'product_id':'q','price':1}]}"
            + " | BAD_VALUE",
        "{'products':[{'price':1}]} | MISSING_FIELD",
        "{'products':{}} | WRONG_TYPE",
        "{'currency':'euro'} | BAD_VALUE",
        "{'properties':{'a':{}}} | WRONG_TYPE"
      })
  void badEvents_areRefusedWithTheirReason(String json, RejectReason reason) {
    assertThat(check(json))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  @Test
  void emptyValue_isRefused() {
    assertThat(validator.check(null, NOON))
        .isEqualTo(new Rejected(RejectReason.EMPTY, "the record has no value"));
  }

  @Test
  void invalidUtf8_isNotJson() {
    byte[] bytes = ("{" + REQUIRED + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    bytes[14] = (byte) 0xc3;

    assertThat(validator.check(bytes, NOON))
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.reason()).isEqualTo(RejectReason.NOT_JSON));
  }

  @Test
  void overLongText_namesFieldAndLimit() {
    assertThat(check("{'event_id':'" + "x".repeat(101) + "'}"))
        .isEqualTo(
            new Rejected(
                RejectReason.TOO_LONG, "event_id has 101 characters, at most 100 are allowed"));
  }
}
