package io.weir.training.session;

import io.weir.contract.avro.Session;
import io.weir.testkit.TestSessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/** Sessions with a rule that a model can learn, one a minute, of visitors that come back. */
public final class PlantedSessions {
  private static final long MINUTE = 60_000;

  private PlantedSessions() {}

  /**
   * Most sessions with two or more carts convert, others hardly ever; no session with an unknown
   * device converts.
   */
  public static List<Session> planted(int count, RandomGenerator random) {
    var sessions = new ArrayList<Session>(count);
    for (int number = 0; number < count; number++) {
      int carts = random.nextInt(4);
      boolean isKnownDevice = random.nextInt(4) > 0;
      double chance = carts >= 2 && isKnownDevice ? 0.9 : 0.02;
      boolean isConverted = random.nextDouble() < chance;
      sessions.add(
          TestSessions.session("visitor-" + random.nextInt(count), number)
              .setSessionKey("session-" + number)
              .setStartTime(TestSessions.START + number * MINUTE)
              .setDevice(isKnownDevice ? "mobile" : null)
              .setCampaignName(number % 3 == 0 ? "spring" : null)
              .setEntryPage("shop.example/" + number % 5)
              .setIsConverted(isConverted)
              .setFeatures(
                  TestSessions.inputs()
                      .setAddToCarts(carts)
                      .setSearches(random.nextInt(9))
                      .setDurationMs(random.nextInt(900_000))
                      .build())
              .build());
    }
    return sessions;
  }

  public static Path write(Path file, List<Session> sessions) {
    try (var writer =
        new DataFileWriter<>(new SpecificDatumWriter<Session>(Session.getClassSchema()))) {
      writer.create(Session.getClassSchema(), file.toFile());
      for (Session session : sessions) {
        writer.append(session);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
