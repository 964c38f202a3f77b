package io.weir.ingest.journal;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers in a file which content was sent to one topic. Each entry is on the disk before {@link
 * #add} returns. One process at a time uses a journal.
 */
public final class Journal implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final FileChannel channel;
  private final List<Entry> entries;

  private Journal(Path file, FileChannel channel, List<Entry> entries) {
    this.file = file;
    this.channel = channel;
    this.entries = entries;
  }

  /**
   * Opens the journal of a topic.
   *
   * @param topic an id that changes when the topic is deleted and made anew
   */
  public static Journal open(Path folder, String topic) {
    Path file = folder.resolve(topic + ".jsonl");
    try {
      Files.createDirectories(folder);
      FileChannel channel = FileChannel.open(file, CREATE, WRITE, APPEND);
      if (lock(channel) == null) {
        channel.close();
        throw new StartupException(
            "another ingest into this topic runs (it holds " + file + "); wait for it, or end it");
      }
      return new Journal(file, channel, read(file, channel));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another journal object of this process has the lock
    }
  }

  private static List<Entry> read(Path file, FileChannel channel) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      channel.write(ByteBuffer.wrap(new byte[] {'\n'})); // ends a line that a crash tore
    }
    var entries = new ArrayList<Entry>();
    text.lines().forEach(line -> entry(line).ifPresent(entries::add));
    return entries;
  }

  /** The entry of a line; empty for a line that a crash tore: its content is sent once more. */
  private static Optional<Entry> entry(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      return Optional.of(
          new Entry(
              node.path("head_length").asInt(),
              node.path("head").asText(),
              node.path("bytes").asLong(),
              node.path("sha256").asText(),
              node.path("events").asLong(),
              node.path("name").asText(),
              Instant.parse(node.path("time").asText())));
    } catch (JacksonException | DateTimeException e) {
      return Optional.empty();
    }
  }

  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  public void add(Entry entry) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", entry.name()).put("time", entry.time().toString());
    node.put("events", entry.events()).put("bytes", entry.bytes());
    node.put("sha256", entry.fingerprint());
    node.put("head_length", entry.headLength()).put("head", entry.head());
    try {
      ByteBuffer line = ByteBuffer.wrap((node + "\n").getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(false);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
    entries.add(entry);
  }

  private static StartupException unwritable(Path file, IOException e) {
    return new StartupException(
        file
            + " cannot be written ("
            + e.getMessage()
            + "); choose another folder with WEIR_INGEST_STATE_DIR",
        e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }
}
