package io.weir.local.terminal;

import java.nio.charset.Charset;
import java.util.Map;

/**
 * The emphasis and symbols of one output: colours on a terminal that wants them, and symbols beyond
 * ASCII if the character set has them.
 */
public record Style(boolean coloured, boolean unicode) {
  /** A style with neither colours nor symbols. */
  public static final Style PLAIN = new Style(false, false);

  /** The style of an output; follows {@code NO_COLOR} (no-color.org) and {@code TERM=dumb}. */
  public static Style of(boolean terminal, Map<String, String> environment, Charset charset) {
    boolean refused =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    return new Style(terminal && !refused, terminal && charset.newEncoder().canEncode("✓━…"));
  }

  public String bold(String text) {
    return escaped("1", text);
  }

  public String dim(String text) {
    return escaped("2", text);
  }

  public String green(String text) {
    return escaped("32", text);
  }

  /** The symbol before a step that is done. */
  String done() {
    return green(unicode ? " ✓" : "ok");
  }

  private String escaped(String code, String text) {
    return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
