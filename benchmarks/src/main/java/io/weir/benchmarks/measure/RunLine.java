package io.weir.benchmarks.measure;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The result of one run as every engine prints it: {@code flink sessions events=… cpu_s=…}. */
public record RunLine(String engine, String job, Map<String, String> figures) {
  private static final String MARK = " events_per_s=";

  public static boolean isOne(String line) {
    return line.contains(MARK);
  }

  public static RunLine parse(String line) {
    String[] words = line.strip().split("\\s+", -1);
    var figures = new LinkedHashMap<String, String>();
    for (String word : words) {
      int at = word.indexOf('=');
      if (at > 0) {
        figures.put(word.substring(0, at), word.substring(at + 1));
      }
    }
    return new RunLine(words[0], words.length > 1 ? words[1] : "", figures);
  }

  /** A figure with so many decimal places, as a line has it. */
  public static String rounded(double value, int places) {
    return String.format(Locale.ROOT, "%." + places + "f", value);
  }

  private double number(String name) {
    String text = figures.get(name);
    if (text == null) {
      throw new IllegalStateException("no " + name + "= in the line of " + engine + ": " + figures);
    }
    return Double.parseDouble(text);
  }

  public double eventsPerSecond() {
    return number("events_per_s");
  }

  public double brokerCpuSeconds() {
    return number("broker_cpu_s");
  }

  public long events() {
    return (long) number("events");
  }

  public double eventsPerOwnCpuSecond() {
    return number("events_per_cpu_s");
  }

  /** Of the engine and the broker together. */
  public double eventsPerCpuSecond() {
    return number("events") / (number("cpu_s") + number("broker_cpu_s"));
  }

  @Override
  public String toString() {
    return figures.entrySet().stream()
        .map(figure -> figure.getKey() + "=" + figure.getValue())
        .collect(Collectors.joining(" ", engine + " " + job + " ", ""));
  }
}
