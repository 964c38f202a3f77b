package io.weir.stream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.RejectReason;
import io.weir.stream.ingest.Checked.Accepted;
import io.weir.stream.ingest.Checked.Rejected;
import io.weir.stream.ingest.InternalTraffic.Network;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InternalTrafficTest {
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final Duration HOUR = Duration.ofHours(1);

  private static Checked check(InternalTraffic internal, String address, String url) {
    String json =
        """
        {"event_id":"e1","event_type":"page_view","event_time":"2026-03-01T11:59:58Z",\
        "user_id":"u1","ip_address":"%s","url":"%s"}\
        """
            .formatted(address, url);
    return new EventValidator(new TimeRules(HOUR, HOUR), new EventRules(Set.of(), internal))
        .check(json.getBytes(StandardCharsets.UTF_8), NOON);
  }

  private static InternalTraffic networks(String... networks) {
    return new InternalTraffic(Stream.of(networks).map(Network::parse).toList(), List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.9/25, 192.0.2.100, true",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "128.0.0.0/1, 255.1.1.1, true",
    "128.0.0.0/1, 127.255.255.255, false",
    "2001:db8::/32, 2001:db8:1::5, true",
    "2001:db8::/33, 2001:db8:8000::5, false",
    "192.0.2.0/24, ::ffff:192.0.2.1, true",
    "192.0.2.0/24, 2001:db8::1, false",
    "192.0.2.0/24, office.example, false",
    "192.0.2.0/24, '', false",
    "192.0.2.0/24, 192.2, false",
    "fe80::/10, fe80::1%eth9, true",
  })
  void addressInANetwork_isInternal(String network, String address, boolean isInternal) {
    Checked checked = check(networks("203.0.113.1", network), address, "https://a.example/");

    assertThat(checked instanceof Rejected).isEqualTo(isInternal);
  }

  @Test
  void reason_namesTheSetting() {
    assertThat(check(networks("192.0.2.0/24"), "192.0.2.1", ""))
        .isEqualTo(
            new Rejected(
                RejectReason.INTERNAL_TRAFFIC,
                "ip_address lies in one of stream.internal-networks"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/?internal, true",
    "https://a.example/?internal=, true",
    "https://a.example/?a=b&internal=yes#top, true",
    "https://a.example/?internally=1, false",
    "https://a.example/internal, false",
    "https://a.example/#?internal, false",
    "https://a.example/?a=internal, false",
    "https://a.example/?debug=1, true",
    "https://a.example/?debug=10, false",
    "https://a.example/?debug, false",
  })
  void pageWithAFlag_isInternal(String url, boolean isInternal) {
    var flags = new InternalTraffic(List.of(), List.of("internal", "debug=1"));

    assertThat(check(flags, "192.0.2.1", url) instanceof Rejected).isEqualTo(isInternal);
  }

  @Test
  void withoutRules_nothingIsInternal() {
    assertThat(check(InternalTraffic.NONE, "192.0.2.1", "https://a.example/?internal"))
        .isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.0/0",
        "192.0.2.0/33",
        "192.0.2.0/x",
        "192.0.2.0/",
        "192.168/16",
        "10/8",
        "office",
        "",
        "/8"
      })
  void networkThatIsNone_isRefused(String text) {
    assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
