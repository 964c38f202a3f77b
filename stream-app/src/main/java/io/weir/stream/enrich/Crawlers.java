package io.weir.stream.enrich;

import java.util.Locale;

/**
 * Tells programs from browsers by general marks in the user agent: words for what programs do, the
 * names of HTTP libraries, a web or mail address, or an agent that names neither a browser's engine
 * nor a device. It is slow, so it is asked once per agent, not per event.
 */
final class Crawlers {
  private static final Lists LISTS = Lists.read("crawlers.txt");
  private static final String[] MARKS = LISTS.section("marks").toArray(String[]::new);
  private static final String[] DEVICES = LISTS.section("devices").toArray(String[]::new);

  private static final String[] INNOCENT = LISTS.section("innocent").toArray(String[]::new);

  private Crawlers() {}

  static boolean isCrawler(String agent) {
    String lower = agent.toLowerCase(Locale.ROOT);
    for (String device : INNOCENT) {
      lower = lower.replace(device, "");
    }
    return containsAny(lower, MARKS) || hasMailAddress(lower) || isBareProgram(lower);
  }

  private static boolean containsAny(String text, String[] words) {
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is an @ before a letter; a version such as name@1.2 does not count. */
  private static boolean hasMailAddress(String agent) {
    int at = agent.indexOf('@');
    while (at > 0 && at + 1 < agent.length()) {
      if (Character.isLetterOrDigit(agent.charAt(at - 1))
          && Character.isLetter(agent.charAt(at + 1))) {
        return true;
      }
      at = agent.indexOf('@', at + 1);
    }
    return false;
  }

  private static boolean isBareProgram(String agent) {
    return !agent.startsWith("mozilla/")
        && !agent.startsWith("opera/")
        && !containsAny(agent, DEVICES);
  }
}
