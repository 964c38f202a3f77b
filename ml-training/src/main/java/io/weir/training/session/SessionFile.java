package io.weir.training.session;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Session;
import io.weir.process.StartupException;
import io.weir.training.session.LakeSessions.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;

/** Reads an Avro object container file of sessions. */
public final class SessionFile {
  private SessionFile() {}

  public static SessionSet read(Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new StartupException("--sessions " + file + " is not a file that can be read");
    }
    // Avro instantiates the contract's classes only after AvroSerde is loaded, which declares them
    // trusted.
    var _ = AvroSerde.session();
    var set = new SessionSet(String.valueOf(file.getFileName()), null, Range.ALL);
    try (var reader =
        new DataFileReader<Session>(
            file.toFile(), new SpecificDatumReader<>(Session.getClassSchema()))) {
      while (reader.hasNext()) {
        set.add(reader.next());
      }
      requireWhole(reader.previousSync(), file);
    } catch (IOException | AvroRuntimeException e) {
      throw new StartupException(
          "--sessions " + file + " is not an Avro file of sessions: " + e.getMessage(), e);
    }
    return set;
  }

  /** Avro treats the end of the file inside a block as the end of the data. */
  private static void requireWhole(long read, Path file) throws IOException {
    if (read != Files.size(file)) {
      throw new IOException("it ends in the middle of a block, after " + read + " bytes");
    }
  }
}
