package io.weir.stream.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The search engines that are shipped, and the tool that makes them of Matomo's list. To renew them
 * run the test with {@code -Dweir.renew-search-engines=FILE}, the {@code search_engines.json} of
 * the PyPI package serpextract; its version and date stand in the header below.
 */
class SearchEnginesTest {
  private static final Path SHIPPED = Path.of("src/main/resources/enrich/search-engines.txt");

  private static final String HEADER =
      """
      # Hosts of search engines, as referrers.txt writes them. Made by SearchEnginesTest; not to be edited.
      #
      # Source: Matomo's list of search engines (https://github.com/matomo-org/searchengine-and-social-list), as the PyPI
      # package serpextract has it: version 0.7.3 of 16 August 2021, file search_engines.json.
      # Licence of the list: CC0 1.0, the public domain.

      [search]
      """;

  private static final String RENEW_FROM = System.getProperty("weir.renew-search-engines", "");

  /**
   * The hosts in our form: any country's suffix becomes {@code .*}; {@code www} and a country in
   * front are dropped.
   */
  private static SortedSet<String> engines(Map<?, ?> list) {
    var engines = new TreeSet<String>();
    for (Object configurations : list.values()) {
      for (Object configuration : (Collection<?>) configurations) {
        Object urls = ((Map<?, ?>) configuration).get("urls");
        if (urls instanceof Collection<?> hosts) {
          hosts.forEach(host -> add(engines, host.toString().toLowerCase(Locale.ROOT)));
        }
      }
    }
    return engines;
  }

  private static void add(Set<String> engines, String listed) {
    String host = listed.replaceFirst("^(\\{}|www)\\.", "").replaceFirst("\\.\\{}$", ".*");
    // The list has hosts only, so a search page of a host that does more than search is left out.
    if (host.indexOf('/') < 0 && host.indexOf('{') < 0) {
      engines.add(host);
    }
  }

  @Test
  void placeholders_becomeOurs() {
    var engines = new TreeSet<String>();
    for (String url :
        new String[] {
          "www.a.example", "{}.b.example", "c.{}", "d.example/search", "images.{}.e.example"
        }) {
      add(engines, url);
    }

    assertThat(engines).containsExactly("a.example", "b.example", "c.*");
  }

  @Test
  void shippedList_hasHostsOnly() throws IOException {
    if (!RENEW_FROM.isEmpty()) {
      var engines = engines(SharedData.object(Files.readString(Path.of(RENEW_FROM))));
      Files.writeString(SHIPPED, HEADER + String.join("\n", engines) + "\n", UTF_8);
    }

    String shipped = Files.readString(SHIPPED);
    assertThat(shipped).startsWith(HEADER);
    assertThat(shipped.substring(HEADER.length()).split("\\n"))
        .hasSizeGreaterThan(500)
        .isSorted()
        .allMatch(host -> host.matches("[a-z0-9.-]+\\.([a-z0-9-]+|\\*)"));
  }
}
