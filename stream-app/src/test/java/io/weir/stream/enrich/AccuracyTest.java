package io.weir.stream.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import io.weir.contract.avro.EnrichedEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Measures how often the enrichments are right about real inputs, and prints the figures. */
class AccuracyTest {
  private static final Agents AGENTS = new Agents();

  /** The mainstream browsers: their names in the test cases, and ours. */
  private static final Map<String, String> MAINSTREAM =
      Map.ofEntries(
          Map.entry("Chrome", "Chrome"),
          Map.entry("Chrome Mobile", "Chrome"),
          Map.entry("Chrome Mobile iOS", "Chrome"),
          Map.entry("Chrome Mobile WebView", "Chrome"),
          Map.entry("Safari", "Safari"),
          Map.entry("Mobile Safari", "Safari"),
          Map.entry("Mobile Safari UI/WKWebView", "Safari"),
          Map.entry("Firefox", "Firefox"),
          Map.entry("Firefox Beta", "Firefox"),
          Map.entry("Firefox Mobile", "Firefox"),
          Map.entry("Firefox iOS", "Firefox"),
          Map.entry("Edge", "Edge"),
          Map.entry("Edge Mobile", "Edge"),
          Map.entry("Opera", "Opera"),
          Map.entry("Opera Mini", "Opera"),
          Map.entry("Opera Mobile", "Opera"),
          Map.entry("Opera Touch", "Opera"),
          Map.entry("Opera GX", "Opera"),
          Map.entry("Samsung Internet", "Samsung Internet"));

  @Test
  void browserFamily_isRightForNineOfTenMainstreamCases() throws IOException {
    var score = new Score("browser family, mainstream cases");

    for (String line : SharedData.lines("ua/uap_core_expected.jsonl.gz")) {
      Map<?, ?> test = SharedData.object(line);
      String family = SharedData.text(test, "expected", "family").orElse("");
      String expected = MAINSTREAM.get(family);
      if ("browser".equals(test.get("kind")) && expected != null) {
        String agent = SharedData.text(test, "user_agent").orElse("");
        score.add(expected, AGENTS.of(agent).browser(), 1);
      }
    }

    assertThat(score.print()).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void deviceClass_isRightForRealAgents() throws IOException {
    var score = new Score("device class, real agents by weight");

    for (String[] row : realAgents()) {
      score.add(row[1], AGENTS.of(row[7]).device(), Double.parseDouble(row[0]));
    }

    assertThat(score.print()).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void crawlers_areMarked() throws IOException {
    var score = new Score("bot recall, example agents of known crawlers");

    String json = String.join("\n", SharedData.lines("bots/crawler-user-agents.json.gz"));
    for (Object crawler : SharedData.list(json)) {
      if (crawler instanceof Map<?, ?> map && map.get("instances") instanceof List<?> agents) {
        agents.forEach(
            agent -> score.add("bot", AGENTS.of((String) agent).isBot() ? "bot" : "no bot", 1));
      }
    }

    assertThat(score.print()).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void realAgents_areNotTakenForBots() throws IOException {
    var weighted = new Score("no false bots, real agents by weight");
    var distinct = new Score("no false bots, distinct real agents");
    var seen = new TreeMap<String, Boolean>();

    for (String[] row : realAgents()) {
      boolean isBot = AGENTS.of(row[7]).isBot();
      weighted.add("person", isBot ? "bot" : "person", Double.parseDouble(row[0]));
      if (seen.put(row[7], isBot) == null) {
        distinct.add("person", isBot ? "bot" : "person", 1);
      }
    }

    assertThat(weighted.print()).isGreaterThanOrEqualTo(0.99);
    assertThat(distinct.print()).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void places_areThoseOfTheFile() throws IOException {
    var geo = new Geo();
    geo.use(
        new MaxMindLookup(
            new Reader(SharedData.file("geo/GeoIP2-City-Test.mmdb").toFile(), new CHMCache())));
    var country = new Score("country, test addresses");
    var region = new Score("region, test addresses");
    var city = new Score("city, test addresses");

    List<String> rows = SharedData.lines("geo/expected_city_lookups_a.csv");
    for (String row : rows.subList(1, rows.size())) {
      String[] expected = row.split(",", -1);
      EnrichedEvent event = Clicks.withAddress(expected[0]);
      geo.enrich(event);
      country.add(expected[2], event.getCountry(), 1);
      region.add(expected[4], event.getRegion(), 1);
      city.add(expected[5], event.getCity(), 1);
    }

    assertThat(country.print()).isEqualTo(1.0);
    assertThat(region.print()).isGreaterThanOrEqualTo(0.99);
    assertThat(city.print()).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void flatCountryFile_isReadToo() throws IOException {
    var geo = new Geo();
    String file = "geo/geo-whois-asn-country-ipv4.mmdb";
    geo.use(new MaxMindLookup(new Reader(SharedData.file(file).toFile(), new CHMCache())));
    EnrichedEvent event = Clicks.withAddress("8.8.8.8");

    geo.enrich(event);

    assertThat(event.getCountry()).isEqualTo("US");
  }

  @Test
  void referrerClass_isRightForAddresses() throws IOException {
    var halves = new Halves("referrer class, addresses");

    String json = String.join("\n", SharedData.lines("referrer/referer_tests_a.json"));
    for (Object test : SharedData.list(json)) {
      halves.add(
          SharedData.text(test, "uri").orElse(""), SharedData.text(test, "medium").orElse(""));
    }

    assertThat(halves.lookedAt.print()).isGreaterThanOrEqualTo(0.9);
    assertThat(halves.heldBack.printShare()).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void referrerClass_isRightForSites() throws IOException {
    var halves = new Halves("referrer class, sites");

    String medium = "";
    boolean isDomain = false;
    for (String line : SharedData.lines("referrer/referers.yml.gz")) {
      String text = line.strip();
      if (line.matches("[a-z]+:.*")) {
        medium = line.substring(0, line.indexOf(':'));
      } else if (text.endsWith(":")) {
        isDomain = text.equals("domains:");
      } else if (isDomain && text.startsWith("- ")) {
        String site = text.substring(2).replaceFirst(" *#.*", "");
        String scheme = text.endsWith("for Android app") ? "android-app://" : "https://";
        halves.add(scheme + site, medium);
      }
    }

    assertThat(halves.lookedAt.print()).isGreaterThanOrEqualTo(0.9);
    assertThat(halves.heldBack.printShare()).isGreaterThanOrEqualTo(0.9);
  }

  /**
   * The cases in two halves, by a hash of the host. The mistakes of one half may be used to improve
   * the rules. Of the other half only the share is printed, so it tells how the rules do on sites
   * nobody looked at.
   */
  private static final class Halves {
    private final ReferrerClass sites = new ReferrerClass(List.of());
    private final Score lookedAt;
    private final Score heldBack;

    Halves(String title) {
      lookedAt = new Score(title + ", looked at");
      heldBack = new Score(title + ", held back");
    }

    void add(String referrer, String medium) {
      EnrichedEvent event = Clicks.withUrl("https://www.shop.example/");
      event.setReferrer(referrer);
      sites.enrich(event);
      String expected =
          switch (medium) {
            case "chatbot" -> "ai";
            case "unknown" -> "other";
            default -> medium;
          };
      half(event.getReferrerDomain()).add(expected, event.getReferrerClass(), 1);
    }

    private Score half(@Nullable String host) {
      return isEven(host == null ? "" : host) ? lookedAt : heldBack;
    }

    /** Whether the SHA-256 of the text begins with an even byte. */
    private static boolean isEven(String text) {
      try {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return MessageDigest.getInstance("SHA-256").digest(utf8)[0] % 2 == 0;
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static List<String[]> realAgents() throws IOException {
    List<String> rows = SharedData.lines("ua/real_user_agents_weighted.csv.gz");
    return rows.subList(1, rows.size()).stream().map(AccuracyTest::columns).toList();
  }

  /** The last of eight columns is in quotes where it has commas. */
  private static String[] columns(String row) {
    String[] columns = row.split(",", 8);
    String last = columns[7];
    if (last.startsWith("\"")) {
      columns[7] = last.substring(1, last.length() - 1).replace("\"\"", "\"");
    }
    return columns;
  }

  /** Counts right and wrong answers, by what was mistaken for what. */
  private static final class Score {
    private final String title;
    private final Map<String, Integer> misses = new TreeMap<>();
    private double right;
    private double all;

    Score(String title) {
      this.title = title;
    }

    void add(String expected, @Nullable String actual, double weight) {
      all += weight;
      String got = actual == null ? "" : actual;
      if (expected.equals(got)) {
        right += weight;
      } else {
        misses.merge(expected + " taken for " + (got.isEmpty() ? "nothing" : got), 1, Integer::sum);
      }
    }

    /** Prints the share of right answers, and returns it. */
    double printShare() {
      System.out.printf("%s: %.2f %% of %.0f%n", title, 100 * right / all, all);
      return right / all;
    }

    /** Prints the share of right answers and the most frequent mistakes, and returns the share. */
    double print() {
      printShare();
      misses.entrySet().stream()
          .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
          .limit(15)
          .forEach(miss -> System.out.printf("  %5d  %s%n", miss.getValue(), miss.getKey()));
      return right / all;
    }
  }
}
