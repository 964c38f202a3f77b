package io.weir.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.benchmarks.load.ClickTraffic.Arrival;
import io.weir.benchmarks.load.ClickTraffic.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClickTrafficTest {
  private static final int EVENTS = 20_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static List<Arrival> arrivals(ClickTraffic traffic) {
    return IntStream.range(0, EVENTS).mapToObj(_ -> traffic.next()).toList();
  }

  private static long count(List<Arrival> arrivals, Kind kind) {
    return arrivals.stream().filter(arrival -> arrival.kind() == kind).count();
  }

  @Test
  void sameSeed_makesTheSameBytes() {
    assertThat(arrivals(new ClickTraffic(7, 500)))
        .zipSatisfy(
            arrivals(new ClickTraffic(7, 500)),
            (one, other) -> assertThat(one.value()).isEqualTo(other.value()));
  }

  @Test
  void faults_haveTheirShares() {
    List<Arrival> arrivals = arrivals(new ClickTraffic(42, 500));

    assertThat(count(arrivals, Kind.MALFORMED)).isBetween(60L, 140L);
    assertThat(count(arrivals, Kind.LATE)).isBetween(150L, 250L);
    assertThat(count(arrivals, Kind.REPEATED)).isBetween(150L, 250L);
  }

  @Test
  void arrivals_areInOrderAndAtMostTenMinutesLate() {
    List<Arrival> arrivals = arrivals(new ClickTraffic(42, 500));

    assertThat(arrivals).extracting(Arrival::at).isSorted();
    assertThat(arrivals)
        .allSatisfy(arrival -> assertThat(arrival.at() - arrival.time()).isBetween(0L, 599_999L));
  }

  @Test
  void validClicks_areCompleteAndDatedAsTheySay() throws IOException {
    var ids = new HashSet<String>();
    for (Arrival arrival : arrivals(new ClickTraffic(42, 500))) {
      if (arrival.kind() != Kind.VALID) {
        continue;
      }
      JsonNode click = JSON.readTree(arrival.value());
      assertThat(ids.add(click.path("event_id").asText())).isTrue();
      assertThat(click.path("user_id").asText()).isEqualTo(arrival.shopper().id);
      assertThat(click.path("url").asText()).startsWith("https://");
      assertThat(Instant.parse(click.path("event_time").asText()).toEpochMilli())
          .isEqualTo(arrival.time());
    }
  }

  @Test
  void revenue_isWhatAPurchaseSays() throws IOException {
    for (Arrival arrival : arrivals(new ClickTraffic(42, 500))) {
      if (arrival.kind() != Kind.VALID) {
        continue;
      }
      JsonNode click = JSON.readTree(arrival.value());
      long cents = 0;
      if (click.path("event_type").asText().equals("purchase")) {
        for (JsonNode product : click.path("products")) {
          cents +=
              product.path("price").decimalValue().movePointRight(2).longValueExact()
                  * product.path("quantity").asLong();
        }
      }
      assertThat(arrival.revenueCents()).isEqualTo(cents);
    }
  }

  @Test
  void sentinel_isAPageViewTwoDaysOn() throws IOException {
    var traffic = new ClickTraffic(42, 500);
    long last = arrivals(traffic).stream().mapToLong(Arrival::time).max().orElseThrow();

    JsonNode sentinel = JSON.readTree(new String(traffic.sentinel("sentinel3"), UTF_8));

    assertThat(sentinel.path("user_id").asText()).isEqualTo("sentinel3");
    assertThat(sentinel.path("event_type").asText()).isEqualTo("page_view");
    assertThat(Instant.parse(sentinel.path("event_time").asText()).toEpochMilli())
        .isBetween(last + 172_800_000L, last + 172_900_000L);
  }
}
