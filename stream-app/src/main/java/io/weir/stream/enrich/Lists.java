package io.weir.stream.enrich;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Word lists shipped with the program: {@code [section]} lines, then words; # starts a comment. */
record Lists(String name, Map<String, Set<String>> sections) {
  static Lists read(String name) {
    var sections = new LinkedHashMap<String, Set<String>>();
    try (InputStream bytes = Lists.class.getResourceAsStream("/enrich/" + name)) {
      if (bytes == null) {
        throw new IllegalStateException(
            "the program is incomplete: enrich/" + name + " is missing");
      }
      var lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
      String section = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int comment = line.indexOf('#');
        String text = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (text.startsWith("[")) {
          section = text.substring(1, text.length() - 1);
        } else if (!text.isEmpty()) {
          sections.computeIfAbsent(section, _ -> new LinkedHashSet<>()).addAll(words(text));
        }
      }
      return new Lists(name, sections);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> words(String text) {
    var words = new LinkedHashSet<String>();
    for (String word : text.split("\\s+", -1)) {
      words.add(word);
    }
    return words;
  }

  Set<String> section(String section) {
    Set<String> words = sections.get(section);
    if (words == null) {
      throw new IllegalStateException("enrich/" + name + " has no section " + section);
    }
    return words;
  }
}
