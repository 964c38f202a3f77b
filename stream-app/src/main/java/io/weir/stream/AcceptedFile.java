package io.weir.stream;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/** A file of the accepted events, in the order in which they came; or none. */
final class AcceptedFile implements AutoCloseable {
  private final @Nullable DataFileWriter<EnrichedEvent> writer;

  AcceptedFile(Optional<Path> file) {
    this.writer = file.map(AcceptedFile::open).orElse(null);
  }

  private static DataFileWriter<EnrichedEvent> open(Path file) {
    try {
      return new DataFileWriter<>(new SpecificDatumWriter<>(EnrichedEvent.class))
          .setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL))
          .create(EnrichedEvent.getClassSchema(), file.toFile());
    } catch (IOException e) {
      throw new StartupException("--accepted " + file + " cannot be written: " + e, e);
    }
  }

  void add(EnrichedEvent event) {
    try {
      if (writer != null) {
        writer.append(event);
      }
    } catch (IOException e) {
      throw new StartupException("the file of --accepted cannot be written: " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw new StartupException("the file of --accepted cannot be written: " + e, e);
    }
  }
}
