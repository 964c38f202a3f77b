package io.weir.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Java process to start; its log and pid file have its name.
 *
 * @param prefix a program that becomes the Java process, with its arguments; usually empty
 */
public record ProcessSpec(
    List<String> prefix,
    String name,
    Path home,
    List<String> javaFlags,
    String classPath,
    String mainClass,
    List<String> arguments,
    Map<String, String> environment) {
  private static final String HEAP = "-Xmx";
  private static final String MEGABYTES = "m";

  public ProcessSpec {
    prefix = List.copyOf(prefix);
    javaFlags = List.copyOf(javaFlags);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** The same process, started through another program. */
  public ProcessSpec withPrefix(List<String> other) {
    return new ProcessSpec(
        other, name, home, javaFlags, classPath, mainClass, arguments, environment);
  }

  /** The same process under another name, which its log and its pid file have. */
  public ProcessSpec withName(String other) {
    return new ProcessSpec(
        prefix, other, home, javaFlags, classPath, mainClass, arguments, environment);
  }

  /** The same program of another build. */
  public ProcessSpec withClassPath(String other) {
    return new ProcessSpec(prefix, name, home, javaFlags, other, mainClass, arguments, environment);
  }

  /** A text on the command line of this process by which it is recognised later. */
  public String mark() {
    return mark(name, home);
  }

  public static String mark(String name, Path home) {
    return "-Dweir.service=" + name + " -Dweir.home=" + home;
  }

  /** The same program with other arguments. */
  public ProcessSpec withArguments(List<String> other) {
    return new ProcessSpec(prefix, name, home, javaFlags, classPath, mainClass, other, environment);
  }

  /** The same process with other flags for its JVM. */
  public ProcessSpec withJavaFlags(List<String> other) {
    return new ProcessSpec(prefix, name, home, other, classPath, mainClass, arguments, environment);
  }

  /** The same process with a heap of at least so many megabytes. */
  public ProcessSpec withHeap(long megabytes) {
    var flags = new ArrayList<>(javaFlags);
    flags.replaceAll(flag ->
        flag.startsWith(HEAP) && megabytes(flag) < megabytes ? HEAP + megabytes + MEGABYTES : flag);
    return withJavaFlags(flags);
  }

  private static long megabytes(String heap) {
    return Long.parseLong(heap, HEAP.length(), heap.length() - MEGABYTES.length(), 10);
  }

  /** The same with other environment variables. */
  public ProcessSpec withEnvironment(Map<String, String> other) {
    return new ProcessSpec(prefix, name, home, javaFlags, classPath, mainClass, arguments, other);
  }

  /** The process as a line for a shell, whose output goes to a file. */
  public String shellLine(Path temporary, Path output) {
    var words = new ArrayList<>(List.of("env"));
    environment.forEach((key, value) -> words.add(key + "=" + value));
    words.addAll(command(temporary));
    return words.stream().map(ProcessSpec::quoted).collect(Collectors.joining(" "))
        + " > "
        + quoted(output.toString())
        + " 2>&1";
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** The command line; native libraries are unpacked into the given folder. */
  List<String> command(Path temporary) {
    var command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dweir.service=" + name);
    command.add("-Dweir.home=" + home);
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(javaFlags);
    command.add("-cp");
    command.add(classPath);
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }
}
