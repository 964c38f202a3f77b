package io.weir.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.ingest.event.Skip;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small records of GA4, Segment and Snowplow in their published forms. */
class ExportsTest {
  @Test
  void ga4_purchase() throws Skip {
    String record =
        """
        {"event_date":"20240701","event_timestamp":"1719828000123456","event_name":"purchase",
        "event_params":[{"key":"page_location","value":{"string_value":"https://x.example/done"}},
        {"key":"ga_session_id","value":{"int_value":"1719827000"}},
        {"key":"currency","value":{"string_value":"EUR"}},
        {"key":"engagement_time_msec","value":{"int_value":"5"}}],
        "user_pseudo_id":"1.2","user_id":null,"device":{"category":"mobile","operating_system":"iOS",
        "web_info":{"browser":"Safari"}},"geo":{"country":"Germany"},
        "traffic_source":{"source":"google","medium":"organic"},
        "ecommerce":{"transaction_id":"T1","purchase_revenue":19.98},
        "items":[{"item_id":"p1","item_name":"Pen","item_category":"office","price":9.99,"quantity":2}]}
        """
            .replace("\n", "");

    assertThat(Converted.json(record))
        .contains("\"event_type\":\"purchase\",\"event_time\":1719828000123")
        .contains("\"anonymous_id\":\"1.2\"", "\"session_id\":\"1719827000\"")
        .contains("\"url\":\"https://x.example/done\"", "\"order_id\":\"T1\"")
        .contains("\"value\":\"19.98\",\"currency\":\"EUR\"", "\"browser\":\"Safari\"")
        .contains("{\"product_id\":\"p1\",\"name\":\"Pen\",\"category\":\"office\"")
        .contains("\"price\":\"9.99\",\"quantity\":2")
        .contains("\"engagement_time_msec\":\"5\"", "\"first_source\":\"google\"");
  }

  @Test
  void ga4_withoutTime_isSkipped() {
    EventFormat format = Converted.formats().make(FormatName.GA4, Converted.records("{}"));

    assertThatThrownBy(() -> Converted.json(format, "{\"event_name\":\"page_view\"}"))
        .isInstanceOf(Skip.class);
  }

  @Test
  void segment_track_hasSegmentsCorrectedTime() throws Skip {
    String record =
        """
        {"type":"track","event":"Product Added","messageId":"m1","anonymousId":"a1","userId":"u1",
        "timestamp":"2024-07-01T10:00:00.500Z","originalTimestamp":"2024-07-01T12:00:00Z",
        "sentAt":"2024-07-01T12:00:01Z","receivedAt":"2024-07-01T10:00:01Z",
        "context":{"ip":"192.0.2.7","userAgent":"Agent/1.0","page":{"url":"https://x.example/p"},
        "campaign":{"source":"mail","name":"july"},
        "consent":{"categoryPreferences":{"Analytics":true,"Advertising":false}}},
        "properties":{"product_id":"p1","name":"Pen","price":1.5,"quantity":1,"colour":"red"}}
        """
            .replace("\n", "");

    assertThat(Converted.json(record))
        .startsWith(
            "{\"event_id\":\"m1\",\"event_type\":\"add_to_cart\",\"event_time\":1719828000500")
        .contains("\"anonymous_id\":\"a1\",\"user_id\":\"u1\"", "\"ip_address\":\"192.0.2.7\"")
        .contains("\"campaign\":{\"source\":\"mail\",\"name\":\"july\"}")
        .contains("\"consent\":{\"analytics\":true,\"marketing\":false}")
        .contains("{\"product_id\":\"p1\",\"name\":\"Pen\",\"price\":\"1.5\",\"quantity\":1}")
        .contains("\"colour\":\"red\"")
        .doesNotContain("sent_at", "received_at");
  }

  @Test
  void segment_originalTime_isLeftForWeirToCorrect() throws Skip {
    String record =
        "{\"type\":\"page\",\"messageId\":\"m2\",\"anonymousId\":\"a1\","
            + "\"originalTimestamp\":\"2024-07-01T12:00:00Z\",\"sentAt\":\"2024-07-01T12:00:01Z\","
            + "\"receivedAt\":\"2024-07-01T10:00:01Z\"}";

    assertThat(Converted.json(record))
        .contains("\"event_type\":\"page_view\",\"event_time\":1719835200000")
        .contains("\"sent_at\":1719835201000,\"received_at\":1719828001000");
  }

  @Test
  void snowplow_ecommerceAction_hasItsProducts() throws Skip {
    String record =
        """
        {"app_id":"shop","event":"unstruct","event_name":"snowplow_ecommerce_action",
        "event_id":"c6ef3124-b53a-4b13-a233-0088f79dcbcb","collector_tstamp":"2024-07-01T10:00:02.000Z",
        "derived_tstamp":"2024-07-01T10:00:00.000Z","domain_userid":"d1","domain_sessionid":"s1",
        "page_url":"https://x.example/p","useragent":"Agent/1.0","user_ipaddress":"192.0.2.7",
        "unstruct_event_com_snowplowanalytics_snowplow_ecommerce_snowplow_ecommerce_action_1":
        {"type":"add_to_cart"},
        "contexts_com_snowplowanalytics_snowplow_ecommerce_product_1":
        [{"id":"p1","name":"Pen","category":"office","price":1.5,"currency":"EUR","quantity":2}]}
        """
            .replace("\n", "");

    assertThat(Converted.json(record))
        .contains("\"event_type\":\"add_to_cart\",\"event_time\":1719828000000")
        .contains("\"anonymous_id\":\"d1\"", "\"session_id\":\"s1\"", "\"currency\":\"EUR\"")
        .contains(
            "{\"product_id\":\"p1\",\"name\":\"Pen\",\"category\":\"office\",\"price\":\"1.5\"");
  }

  @Test
  void snowplow_tabbedValues_areRead() throws Skip {
    var values = new String[131];
    Arrays.fill(values, "");
    values[0] = "shop";
    values[3] = "2024-07-01 10:00:02.000";
    values[5] = "transaction";
    values[6] = "c6ef3124-b53a-4b13-a233-0088f79dcbcb";
    values[15] = "d1";
    values[52] =
        "{\"schema\":\"iglu:x/contexts/jsonschema/1-0-0\",\"data\":[{\"schema\":"
            + "\"iglu:com.snowplowanalytics.snowplow.ecommerce/product/jsonschema/1-0-0\","
            + "\"data\":{\"id\":\"p1\",\"price\":2}}]}";
    values[59] = "O1";
    values[61] = "9.50";
    values[108] = "EUR";
    values[124] = "2024-07-01 10:00:00.000";

    assertThat(Converted.json(String.join("\t", values)))
        .contains("\"event_type\":\"purchase\",\"event_time\":1719828000000")
        .contains("\"order_id\":\"O1\",\"value\":\"9.50\",\"currency\":\"EUR\"")
        .contains("\"products\":[{\"product_id\":\"p1\",\"price\":\"2\"}]");
  }

  @Test
  void segment_productsSearched_hasItsTerm() throws Skip {
    String record =
        """
        {"type":"track","event":"Products Searched","messageId":"m3","anonymousId":"a1",
        "timestamp":"2024-07-01T10:00:00.500Z",
        "context":{"page":{"path":"/search","search":"?q=other","url":"https://x.example/search#top"}},
        "properties":{%s"query":"Blue Hotpants"}}
        """
            .replace("\n", "");
    // More properties than an event keeps, before the term.
    var many = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      many.append("\"p").append(i).append("\":1,");
    }

    assertThat(Converted.json(record.formatted("")))
        .contains("\"event_type\":\"search\"", "\"search_term\":\"Blue Hotpants\"")
        .contains("\"url\":\"https://x.example/search?q=other#top\"");
    assertThat(Converted.json(record.formatted(many)))
        .contains("\"search_term\":\"Blue Hotpants\"");
    assertThat(Converted.json(record.formatted("\"search_term\":\"own\",")))
        .contains("\"search_term\":\"own\"");
  }

  @Test
  void segment_queryOfWhatIsNoSearch_isNoTerm() throws Skip {
    String record =
        "{\"type\":\"track\",\"event\":\"Product List Filtered\",\"messageId\":\"m4\","
            + "\"anonymousId\":\"a1\",\"timestamp\":\"2024-07-01T10:00:00Z\","
            + "\"properties\":{\"query\":\"x\"}}";

    assertThat(Converted.json(record)).doesNotContain("search_term");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"query\":\"\"}", "{\"query\":{\"$ne\":1}}", "[\"query\"]", "null"})
  void segment_searchWithoutTerm_isASearch(String properties) throws Skip {
    String record =
        "{\"type\":\"track\",\"event\":\"search\",\"messageId\":\"m5\",\"anonymousId\":\"a1\","
            + "\"timestamp\":\"2024-07-01T10:00:00Z\",\"properties\":"
            + properties
            + "}";

    assertThat(Converted.json(record))
        .contains("\"event_type\":\"search\"")
        .doesNotContain("search_term");
  }

  private static final String SITE_SEARCH =
      """
      {"app_id":"shop","event":"unstruct","event_name":"site_search",
      "event_vendor":"com.snowplowanalytics.snowplow","event_version":"1-0-0",
      "event_id":"c6ef3124-b53a-4b13-a233-0088f79dcbcb","collector_tstamp":"2024-07-01T10:00:02.000Z",
      "derived_tstamp":"2024-07-01T10:00:00.000Z","domain_userid":"d1",
      "page_url":"https://x.example/s?q=unified%%20log","page_urlquery":"q=unified%%20log",
      "unstruct_event_com_snowplowanalytics_snowplow_site_search_1":
      {"terms":%s,"filters":{"category":"books"},"totalResults":14,"pageResults":8}}
      """
          .replace("\n", "");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[\"unified\", \"log\"] | unified log",
        "[\"Unified Log\", null, {\"a\": 1}, 7] | Unified Log 7",
      })
  void snowplow_siteSearch_hasItsTerms(String terms, String term) throws Skip {
    assertThat(Converted.json(SITE_SEARCH.formatted(terms)))
        .contains("\"event_type\":\"search\"", "\"search_term\":\"" + term + "\"")
        .contains("\"totalResults\":\"14\"", "\"url\":\"https://x.example/s?q=unified%20log\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "{}", "[[\"a\"]]"})
  void snowplow_siteSearchWithoutTerms_leavesThemToTheUrl(String terms) throws Skip {
    assertThat(Converted.json(SITE_SEARCH.formatted(terms)))
        .contains("\"event_type\":\"search\"", "?q=unified%20log")
        .doesNotContain("search_term");
  }

  @Test
  void snowplow_manyTerms_makeNoEventTooLong() throws Skip {
    String terms = "[" + "\"word\",".repeat(20_000) + "\"" + "x".repeat(40_000) + "\"]";

    assertThat(Converted.json(SITE_SEARCH.formatted(terms)))
        .contains("\"search_term\":\"word word ")
        .hasSizeLessThan(4_000);
  }

  @Test
  void snowplow_siteSearchInTabbedValues_hasItsTerms() throws Skip {
    var values = new String[131];
    Arrays.fill(values, "");
    values[3] = "2024-07-01 10:00:02.000";
    values[5] = "unstruct";
    values[6] = "c6ef3124-b53a-4b13-a233-0088f79dcbcb";
    values[15] = "d1";
    values[58] =
        "{\"schema\":\"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0\",\"data\":"
            + "{\"schema\":\"iglu:com.snowplowanalytics.snowplow/site_search/jsonschema/1-0-0\","
            + "\"data\":{\"terms\":[\"unified\",\"log\"],\"totalResults\":14}}}";
    values[124] = "2024-07-01 10:00:00.000";
    values[126] = "site_search";

    assertThat(Converted.json(String.join("\t", values)))
        .contains("\"event_type\":\"search\"", "\"search_term\":\"unified log\"");
  }
}
