package io.weir.simulator.publish;

import static java.util.Objects.requireNonNull;

import io.weir.process.StartupException;
import io.weir.simulator.gold.Table;
import io.weir.simulator.json.JsonBuffer;
import io.weir.simulator.truth.ChanceTruth;
import io.weir.simulator.truth.ChanceTruth.TrueChance;
import io.weir.simulator.truth.Counts;
import io.weir.simulator.truth.GroundTruth;
import io.weir.simulator.truth.TrueSession;
import io.weir.simulator.visit.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** The ground truth as JSON lines; the file appears under its name when it is complete. */
public final class TruthFile implements AutoCloseable {
  private final Path path;
  private final Path part;
  private final LineOutput out;
  private final JsonBuffer json = new JsonBuffer(512);
  private @Nullable ChanceTruth chances;
  private boolean closed;

  private TruthFile(Path path, Path part, LineOutput out) {
    this.path = path;
    this.part = part;
    this.out = out;
  }

  /** Opens the file before any work is done, so that a wrong path is reported at once. */
  public static TruthFile at(Path path) {
    try {
      Path absolute = path.toAbsolutePath();
      Path folder = absolute.getParent();
      if (folder == null || Files.isDirectory(absolute)) {
        throw new StartupException("--truth " + path + " is a folder; name a file");
      }
      Files.createDirectories(folder);
      Path part = folder.resolve("." + absolute.getFileName() + ".part");
      return new TruthFile(absolute, part, new LineOutput(Files.newOutputStream(part)));
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** The file has these probabilities, too. */
  public void with(ChanceTruth trueChances) {
    chances = trueChances;
  }

  /** Writes everything as of a time and returns the number of sessions. */
  public long write(GroundTruth truth, Names names, long now) {
    long sessions = truth.eachSession(_ -> {});
    try {
      summary(truth.counts(), sessions);
      truth.eachSession(this::session);
      truth.eachDuplicate(this::duplicate);
      truth.eachBot(bot -> line(begin("bot").put(",\"visitor\":\"").put(names.visitor(bot))));
      truth.eachBound(visitor -> identity(names, visitor));
      if (chances != null) {
        chances.each(this::chance);
      }
      if (truth.keepsDeeds()) {
        truth.eachDelayed(visitor -> line(begin("delayed").put(",\"visitor\":\"").put(visitor)));
        truth.answers().each(now, this::table);
      }
      close();
      Files.move(part, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unwritable(path, e);
    } catch (UncheckedIOException e) {
      throw unwritable(path, requireNonNull(e.getCause()));
    }
    return sessions;
  }

  private JsonBuffer begin(String kind) {
    return json.clear().put("{\"kind\":\"").put(kind).put('"');
  }

  /** Closes a text and the object. */
  private void line(JsonBuffer open) {
    end(open.put('"'));
  }

  private void end(JsonBuffer open) {
    open.put('}');
    try {
      out.line(open.bytes(), open.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void summary(Counts counts, long sessions) {
    begin("summary").put(",\"produced\":").number(counts.produced());
    json.put(",\"distinct_valid\":").number(counts.distinctValid());
    json.put(",\"duplicates\":").number(counts.duplicates());
    json.put(",\"malformed\":").number(counts.malformed());
    json.put(",\"internal\":").number(counts.internal()).put(",\"late\":").number(counts.late());
    json.put(",\"out_of_order\":").number(counts.outOfOrder());
    json.put(",\"closing\":").number(counts.closing()).put(",\"bots\":").number(counts.bots());
    end(json.put(",\"sessions\":").number(sessions));
  }

  private void session(TrueSession session) {
    begin("session").put(",\"visitor\":\"").put(session.visitor());
    json.put("\",\"start\":").number(session.start()).put(",\"end\":").number(session.end());
    json.put(",\"events\":").number(session.events());
    json.put(",\"page_views\":").number(session.pageViews());
    json.put(",\"product_views\":").number(session.productViews());
    json.put(",\"add_to_carts\":").number(session.addToCarts());
    json.put(",\"purchases\":").number(session.purchases());
    json.put(",\"engaged_ms\":").number(session.engagedMs());
    json.put(",\"engaged\":").put(session.engaged() ? "true" : "false");
    json.put(",\"single_view_bounce\":").put(session.singleViewBounce() ? "true" : "false");
    json.put(",\"funnel_step\":").number(session.funnelStep());
    json.put(",\"matched_clicks\":").number(session.matchedClicks());
    json.put(",\"converted\":").put(session.converted() ? "true" : "false");
    end(json.put(",\"bot\":").put(session.bot() ? "true" : "false"));
  }

  private void chance(boolean isOfSession, TrueChance chance) {
    begin("chance").put(",\"of\":\"").put(isOfSession ? "session" : "impression");
    json.put("\",\"visitor\":\"").put(chance.visitor());
    json.put("\",\"time\":").number(chance.time());
    json.put(",\"hidden\":").put(Double.toString(chance.hidden()));
    end(json.put(",\"knowable\":").put(Double.toString(chance.knowable())));
  }

  private void table(Table table) {
    begin("gold_table").put(",\"table\":\"").put(table.name());
    json.put("\",\"keys\":").number(table.keys()).put(",\"columns\":");
    end(json.put(table.columns()));
    for (String row : table.rows()) {
      begin("gold").put(",\"table\":\"").put(table.name()).put("\",\"row\":");
      end(json.put(row));
    }
  }

  private void duplicate(long high, long low) {
    line(begin("duplicate").put(",\"event_id\":\"").uuid(high, low));
  }

  private void identity(Names names, int visitor) {
    begin("identity").put(",\"anonymous_id\":\"").put(names.anonymous(visitor));
    line(json.put("\",\"user_id\":\"").put(names.user(visitor)));
  }

  private static StartupException unwritable(Path path, IOException e) {
    return new StartupException(
        "--truth " + path + " cannot be written (" + Reason.of(e) + "); free space or name another",
        e);
  }

  /** Closes the file; without {@link #write} no file stays. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a file that was not written. */
  public void discard() {
    try {
      close();
      Files.deleteIfExists(part);
    } catch (IOException | UncheckedIOException e) {
      System.err.println(part + " is left over: " + e.getMessage());
    }
  }
}
