package io.weir.local.process;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The log of one process; the log of the run before is kept beside it as {@code .1}. */
public record LogFile(Path path) {
  private static final int TAIL_BYTES = 512 * 1024;

  /** Renames the present log, so that a new run begins with an empty one. */
  public void rotate() {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      if (Files.exists(path)) {
        Files.move(path, previous(), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path previous() {
    return path.resolveSibling(path.getFileName() + ".1");
  }

  /** The last lines, oldest first; none if there is no log. */
  public List<String> tail(int count) {
    if (!Files.exists(path)) {
      return List.of();
    }
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      long start = Math.max(0, file.length() - TAIL_BYTES);
      file.seek(start);
      List<String> lines = text(file).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies the text after {@code position}; returns the position to continue from. */
  public long copyFrom(long position, PrintStream out) {
    if (!Files.exists(path)) {
      return 0;
    }
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      long start = file.length() < position ? 0 : position; // shorter: a new run has begun
      file.seek(start);
      out.print(text(file));
      out.flush();
      return file.getFilePointer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long length() {
    try {
      return Files.exists(path) ? Files.size(path) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(RandomAccessFile file) throws IOException {
    var bytes = new byte[(int) Math.min(Integer.MAX_VALUE, file.length() - file.getFilePointer())];
    file.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
