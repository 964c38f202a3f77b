package io.weir.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Java process to start: its name is also that of its log and pid file. */
public record ProcessSpec(
    String name,
    Path home,
    List<String> javaFlags,
    String classPath,
    String mainClass,
    List<String> arguments,
    Map<String, String> environment) {

  public ProcessSpec {
    javaFlags = List.copyOf(javaFlags);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** What this process carries on its command line, so that it is recognised later. */
  public String mark() {
    return mark(name, home);
  }

  public static String mark(String name, Path home) {
    return "-Dweir.service=" + name + " -Dweir.home=" + home;
  }

  /** The same program with other arguments. */
  public ProcessSpec withArguments(List<String> other) {
    return new ProcessSpec(name, home, javaFlags, classPath, mainClass, other, environment);
  }

  /** The command line; native libraries are unpacked into the given folder. */
  List<String> command(Path temporary) {
    var command = new ArrayList<String>();
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
