package io.weir.scoring.train;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Session;
import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Sessions with known outcome, in three parts. All sessions of a visitor are in one part; otherwise
 * a model that remembers a visitor would look too good.
 */
public record TrainingSet(
    LabelledRows train, LabelledRows validation, LabelledRows test, int leftOut) {
  static final int LEAST_ROWS = 200;
  static final int LEAST_OF_EACH_OUTCOME = 20;

  /** Reads an Avro object container file of sessions. */
  public static TrainingSet read(Path file, long seed) {
    var newest = new LinkedHashMap<String, LabelledSession>();
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new StartupException("--sessions " + file + " is not a file that can be read");
    }
    // Avro instantiates the contract's classes only after AvroSerde is loaded, which declares them
    // trusted.
    var _ = AvroSerde.session();
    Schema current = Session.getClassSchema();
    try (var reader =
        new DataFileReader<Session>(file.toFile(), new SpecificDatumReader<>(current))) {
      while (reader.hasNext()) {
        keepNewest(newest, reader.next());
      }
      requireWhole(reader.previousSync(), file);
    } catch (IOException | AvroRuntimeException e) {
      throw new StartupException(
          "--sessions " + file + " is not an Avro file of sessions: " + e.getMessage(), e);
    }
    return split(newest.values(), seed);
  }

  /**
   * Checks the number of sessions, because Avro treats the end of the file inside a block as the
   * end of the data.
   */
  private static void requireWhole(long read, Path file) throws IOException {
    if (read != Files.size(file)) {
      throw new IOException("it ends in the middle of a block, after " + read + " bytes");
    }
  }

  private static void keepNewest(LinkedHashMap<String, LabelledSession> newest, Session session) {
    LabelledSession known = newest.get(session.getSessionKey());
    if (known == null || known.revision() < session.getRevision()) {
      newest.put(session.getSessionKey(), LabelledSession.of(session));
    }
  }

  static TrainingSet split(Collection<LabelledSession> sessions, long seed) {
    var train = new ArrayList<LabelledSession>();
    var validation = new ArrayList<LabelledSession>();
    var test = new ArrayList<LabelledSession>();
    int leftOut = 0;
    for (LabelledSession session : sessions) {
      if (session.isUsable()) {
        VisitorSplit.choose(session.visitor(), seed, train, validation, test).add(session);
      } else {
        leftOut++;
      }
    }
    requireEnough(train, validation, test);
    return new TrainingSet(
        LabelledRows.of(train), LabelledRows.of(validation), LabelledRows.of(test), leftOut);
  }

  private static void requireEnough(
      List<LabelledSession> train, List<LabelledSession> validation, List<LabelledSession> test) {
    int rows = train.size() + validation.size() + test.size();
    int positives = positives(train) + positives(validation) + positives(test);
    if (rows < LEAST_ROWS) {
      throw new StartupException(
          "too few sessions to train on: " + rows + " without bots, at least " + LEAST_ROWS);
    }
    if (positives < LEAST_OF_EACH_OUTCOME || rows - positives < LEAST_OF_EACH_OUTCOME) {
      throw new StartupException(
          "too few of one outcome to train on: %d of %d sessions converted, at least %d of each"
              .formatted(positives, rows, LEAST_OF_EACH_OUTCOME));
    }
    for (List<LabelledSession> part : List.of(train, validation, test)) {
      if (positives(part) == 0 || positives(part) == part.size()) {
        throw new StartupException(
            "too few visitors: one part of the split has a single outcome; add sessions, or"
                + " try another --seed");
      }
    }
  }

  private static int positives(List<LabelledSession> part) {
    return (int) part.stream().filter(LabelledSession::isConverted).count();
  }

  public int rows() {
    return train.size() + validation.size() + test.size();
  }

  public int positives() {
    return train.positives() + validation.positives() + test.positives();
  }
}
