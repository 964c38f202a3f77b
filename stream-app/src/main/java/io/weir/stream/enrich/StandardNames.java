package io.weir.stream.enrich;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import org.jspecify.annotations.Nullable;

/** One name for each browser, system, device class and country, whatever a source calls it. */
final class StandardNames {
  private static final Map<String, String> BROWSERS = new HashMap<>();
  private static final Map<String, String> SYSTEMS = new HashMap<>();
  private static final Map<String, String> DEVICES = new HashMap<>();
  private static final Map<String, String> COUNTRIES = countries();

  static {
    name(BROWSERS, "Chrome", "chrome mobile", "chrome mobile ios", "chrome webview", "crios");
    name(BROWSERS, "Chrome", "chrome mobile webview", "google chrome", "headlesschrome");
    name(BROWSERS, "Safari", "mobile safari", "safari mobile", "uiwebview", "safari webview");
    name(BROWSERS, "Firefox", "mozilla firefox", "firefox mobile", "firefox ios", "fxios");
    name(BROWSERS, "Firefox", "firefox focus", "firefox klar", "firefox beta");
    name(
        BROWSERS, "Edge", "microsoft edge", "edge mobile", "edge webview", "edg", "edga", "edgios");
    name(BROWSERS, "Opera", "opera mini", "opera mobile", "opera mobi", "opera touch", "opera gx");
    name(BROWSERS, "Opera", "opera coast", "opera neon", "opr");
    name(BROWSERS, "Samsung Internet", "samsungbrowser", "samsung browser");
    name(BROWSERS, "Internet Explorer", "ie", "msie", "ie mobile", "iemobile");

    name(SYSTEMS, "Windows", "windows nt", "windows 9x", "win32", "win64", "windows desktop");
    name(SYSTEMS, "macOS", "mac os", "mac os x", "os x", "mac", "macintosh", "macintel");
    name(SYSTEMS, "iOS", "iphone os", "iphone");
    name(SYSTEMS, "iPadOS", "ipad os", "ipad");
    name(SYSTEMS, "ChromeOS", "chrome os", "cros", "chromium os");
    name(SYSTEMS, "Linux", "gnu/linux", "ubuntu", "debian", "fedora", "suse", "red hat", "centos");
    name(SYSTEMS, "Linux", "gentoo linux", "gentoo", "linux mint", "mint", "slackware", "mandriva");
    name(SYSTEMS, "Android", "android os");

    name(DEVICES, "desktop", "computer", "pc", "laptop", "notebook", "mac");
    name(DEVICES, "mobile", "phone", "smartphone", "mobile phone", "cell phone", "iphone");
    name(DEVICES, "tablet", "ipad");
    name(DEVICES, "bot", "robot", "crawler", "spider");
    name(DEVICES, "other", "tv", "smart tv", "smarttv", "console", "game console", "watch", "car");
  }

  private StandardNames() {}

  private static void name(Map<String, String> names, String standard, String... others) {
    names.put(standard.toLowerCase(Locale.ROOT), standard);
    for (String other : others) {
      names.put(other, standard);
    }
  }

  /** The standard name, or the name itself where it has none. */
  static @Nullable String browser(@Nullable String name) {
    return name == null ? null : BROWSERS.getOrDefault(name.toLowerCase(Locale.ROOT), name);
  }

  /** The standard name, or the name itself; null for a cloud, which is a place and no system. */
  static @Nullable String os(@Nullable String name) {
    if (name == null || name.endsWith("Cloud")) {
      return null;
    }
    return SYSTEMS.getOrDefault(name.toLowerCase(Locale.ROOT), name);
  }

  /** A device class, or null where the name is none: a model's name says nothing to a report. */
  static @Nullable String device(@Nullable String name) {
    return name == null ? null : DEVICES.get(name.toLowerCase(Locale.ROOT));
  }

  /** ISO 3166 with two letters, or null where the text is neither a code nor an English name. */
  static @Nullable String country(@Nullable String text) {
    return text == null ? null : COUNTRIES.get(text.strip().toLowerCase(Locale.ROOT));
  }

  private static Map<String, String> countries() {
    var countries = new HashMap<String, String>();
    for (String code : Locale.getISOCountries()) {
      Locale country = Locale.of("", code);
      countries.put(country.getDisplayCountry(Locale.ENGLISH).toLowerCase(Locale.ROOT), code);
      countries.put(code.toLowerCase(Locale.ROOT), code);
      try {
        countries.put(country.getISO3Country().toLowerCase(Locale.ROOT), code);
      } catch (MissingResourceException e) {
        // Not every territory has a code of three letters: it keeps the one of two.
        countries.putIfAbsent(code.toLowerCase(Locale.ROOT), code);
      }
    }
    countries.put("uk", "GB");
    countries.put("usa", "US");
    return Map.copyOf(countries);
  }
}
