package io.weir.training.session;

import io.weir.contract.AvroSerde;
import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * An Avro object container file of records of the contract.
 *
 * @param option that names the file, for messages
 * @param kind of the records, in the plural
 */
public record AvroFile(String option, Path path, String kind) {
  /** Gives each record, and fails if the file is not whole. */
  public <T extends SpecificRecord> void each(Schema schema, Consumer<T> consumer) {
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new StartupException(option + " " + path + " is not a file that can be read");
    }
    // Avro instantiates the contract's classes only after AvroSerde is loaded, which declares them
    // trusted.
    var _ = AvroSerde.session();
    try (var reader = new DataFileReader<T>(path.toFile(), new SpecificDatumReader<>(schema))) {
      while (reader.hasNext()) {
        consumer.accept(reader.next());
      }
      requireWhole(reader.previousSync());
    } catch (IOException | AvroRuntimeException e) {
      throw new StartupException(
          option + " " + path + " is not an Avro file of " + kind + ": " + e.getMessage(), e);
    }
  }

  /** Avro treats the end of the file inside a block as the end of the data. */
  private void requireWhole(long read) throws IOException {
    if (read != Files.size(path)) {
      throw new IOException("it ends in the middle of a block, after " + read + " bytes");
    }
  }
}
