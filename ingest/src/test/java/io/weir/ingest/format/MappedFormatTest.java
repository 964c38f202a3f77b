package io.weir.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappedFormatTest {
  private static final String HEADER =
      "event_time,event_type,product_id,category_code,price,user_id,user_session,colour";
  private static final String ROW =
      "2019-10-01 00:00:04 UTC,view,1003461,electronics.phone,489.07,520088904,4d3b,red";

  private static EventFormat csv(List<String> rules, String... lines) {
    return Converted.formats(rules.toArray(String[]::new))
        .make(FormatName.CSV, Converted.records(lines));
  }

  @Test
  void shopTable_isMappedByItsNames() throws Skip {
    EventFormat format = csv(List.of(), HEADER, ROW);

    assertThat(Converted.json(format, ROW))
        .isEqualTo(
            "{\"event_id\":\"derived\",\"event_type\":\"product_view\",\"event_time\":1569888004000,"
                + "\"user_id\":\"520088904\",\"session_id\":\"4d3b\","
                + "\"products\":[{\"product_id\":\"1003461\",\"category\":\"electronics.phone\","
                + "\"price\":\"489.07\"}],\"properties\":{\"colour\":\"red\"}}");
    assertThat(format.describe())
        .containsPattern("event_time +event_time +2019-10-01 00:00:04 UTC")
        .containsPattern("session_id +user_session +4d3b")
        .containsPattern("\\(property\\) +colour +red")
        .containsPattern("event_id +derived");
  }

  @Test
  void nestedValue_isFoundByItsLastName_ifThatSaysEnough_andOnlyOneHasIt() throws Skip {
    String record =
        "{\"event\":\"page\",\"ts\":1569888004000,\"who\":{\"visitorId\":\"c1\",\"cookie\":\"yes\"},"
            + "\"order\":{\"revenue\":5.5,\"total\":7},\"product\":{\"url\":\"/p\"},"
            + "\"a\":{\"currency\":\"EUR\"},\"b\":{\"currency\":\"USD\"}}";
    EventFormat format = Converted.formats().make(FormatName.JSONL, Converted.records(record));

    assertThat(format.describe())
        .containsPattern("anonymous_id +who.visitorId")
        .containsPattern("value +order.revenue")
        .containsPattern("\\(property\\) +who.cookie +yes")
        .containsPattern("\\(property\\) +order.total")
        .containsPattern("\\(property\\) +product.url")
        .containsPattern("\\(property\\) +b.currency");
    assertThat(format.describeNames()).contains("who.cookie").doesNotContain("yes", "c1");
  }

  @Test
  void ruleFile_comesFirst() throws Skip {
    EventFormat format = csv(List.of("# mine", "country = colour"), HEADER, ROW);

    assertThat(Converted.json(format, ROW)).contains("\"country\":\"red\"");
  }

  @Test
  void constantsTypesAndIgnored_areApplied() throws Skip {
    EventFormat format =
        csv(
            List.of(
                "app_id = 'shop'",
                "session_id =",
                "type.view = ad_click",
                "ignore = colour, user_session"),
            HEADER,
            ROW);

    assertThat(Converted.json(format, ROW))
        .contains("\"app_id\":\"shop\"", "\"event_type\":\"ad_click\"")
        .doesNotContain("session_id", "4d3b", "red");
  }

  @Test
  void quotedFields_semicolonsAndCrlf_areRead() throws Skip {
    String row = "2024-01-01T00:00:00Z;v1;\"say \"\"hi\"\"; all\";page_view";
    EventFormat format = csv(List.of(), "time;visitor;note;event", row);

    assertThat(Converted.json(format, row)).contains("\"note\":\"say \\\"hi\\\"; all\"");
  }

  @Test
  void rowOfAnotherWidth_isSkipped() {
    EventFormat format = csv(List.of(), HEADER, ROW);

    assertThatThrownBy(() -> Converted.json(format, "a,b"))
        .extracting(e -> ((Skip) e).reason())
        .isEqualTo(Reason.WRONG_COLUMNS);
  }

  @Test
  void unreadableTime_isSkipped() {
    EventFormat format = csv(List.of(), HEADER, ROW);

    assertThatThrownBy(() -> Converted.json(format, ROW.replace("2019-10-01", "last week")))
        .extracting(e -> ((Skip) e).reason())
        .isEqualTo(Reason.BAD_TIME);
  }

  @Test
  void tableWithoutTime_isRefusedWithTheLineToWrite() {
    assertThatThrownBy(() -> csv(List.of(), "visitor,event", "v1,page_view"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("event_time = …")
        .hasMessageContaining("Fields: visitor, event");
  }

  @Test
  void unknownFieldInARule_isRefusedWithTheFields() {
    assertThatThrownBy(() -> MapRules.parse(List.of("", "evnt_time = ts")))
        .hasMessageContaining("line 2", "evnt_time")
        .hasMessageContaining("event_time");
  }

  @Test
  void nestedJson_isMappedByPath() throws Skip {
    String record =
        "{\"@timestamp\":\"2024-07-01T10:00:00Z\",\"event\":\"Added To Cart\",\"user\":{\"id\":7},"
            + "\"page\":{\"url\":\"https://x.example/p\"},\"items\":[{\"sku\":\"s1\",\"price\":2}],"
            + "\"flags\":[1,2],\"deep\":{\"a\":{\"b\":true}}}";

    assertThat(Converted.json(record))
        .contains("\"event_type\":\"add_to_cart\"", "\"user_id\":\"7\"")
        .contains("\"url\":\"https://x.example/p\"", "{\"product_id\":\"s1\",\"price\":\"2\"}")
        .contains("\"properties\":{\"flags\":\"[1,2]\",\"deep.a.b\":true}");
  }

  @Test
  void rawEvent_staysAsItIs() throws Skip {
    String record =
        "{\"event_id\":\"e1\",\"event_type\":\"purchase\",\"event_time\":1719828000000,"
            + "\"anonymous_id\":\"v1\",\"value\":\"5.00\",\"currency\":\"EUR\","
            + "\"campaign\":{\"source\":\"mail\"},\"products\":[{\"product_id\":\"p1\"}],"
            + "\"properties\":{\"a\":1}}";

    assertThat(Converted.json(record)).isEqualTo(record);
  }

  @Test
  void logAsJson_hasVisitorsOfAddressAndAgent() throws Skip {
    String record =
        "{\"time\":1719828000,\"remote_addr\":\"192.0.2.7\",\"http_user_agent\":\"Agent/1.0\","
            + "\"uri\":\"/a\"}";

    assertThat(Converted.json(record))
        .contains("\"anonymous_id\":\"7d1a5ea8c74f4844\"", "\"event_type\":\"page_view\"");
  }

  @Test
  void deeplyNestedRecord_isSkipped() {
    String bomb = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
    EventFormat format =
        Converted.formats()
            .make(
                FormatName.JSONL,
                Converted.records("{\"time\":1719828000,\"user_id\":\"u\",\"event\":\"x\"}"));

    assertThatThrownBy(() -> Converted.json(format, bomb))
        .extracting(e -> ((Skip) e).reason())
        .isEqualTo(Reason.NOT_JSON);
  }
}
