package io.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** The command line, as a person at a terminal sees it. */
final class Commands {
  private Commands() {}

  /** What it prints; it must end with that code. */
  static String run(Lake lake, int code, String... arguments) {
    var text = new StringWriter();
    int actual =
        Main.commandLine(lake::config)
            .setOut(new PrintWriter(text))
            .setErr(new PrintWriter(text))
            .execute(arguments);
    assertThat(actual).as("%s", text).isEqualTo(code);
    return text.toString();
  }

  static String[] with(String[] some, String... more) {
    var all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
