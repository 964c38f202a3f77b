package io.weir.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import io.weir.training.session.CutPlan;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.session.PlantedVisits;
import io.weir.training.session.SessionLake;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prefixes need events, which a lake may not have. */
class SourceOptionsTest {
  private final SessionLake lake = new SessionLake();
  private final PlantedVisits visits = PlantedVisits.planted(300, 1);
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Command
  private static final class Options {
    @Mixin private SourceOptions sources = new SourceOptions();
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private CutPlan possible(String... arguments) {
    var options = new Options();
    new CommandLine(options).parseArgs(arguments);
    CutPlan plan = options.sources.cuts(Prediction.P_CONVERT, 1);
    var notes = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return options.sources.possible(plan, notes, lake::hasEvents);
  }

  @Test
  void lakeWithEvents_isCut() {
    lake.appendEvents(visits.events());

    assertThat(possible().perSession()).isEqualTo(1);
    assertThat(printed.size()).isZero();
  }

  @Test
  void lakeWithoutEvents_isNotCut_andOneLineSaysSo() {
    lake.append(visits.sessions());

    CutPlan plan = possible();

    assertThat(lake.read(Range.ALL, plan).rows().rows()).hasSize(300);
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("silver.events is empty, so this training has no prefixes");
  }

  @Test
  void cutsThatWereAskedFor_areRefusedWithoutEvents() {
    lake.append(visits.sessions());

    for (boolean hasTable : List.of(true, false)) {
      if (!hasTable) {
        lake.dropEvents();
      }
      CutPlan plan = possible("--cuts=1");
      assertThatThrownBy(() -> lake.read(Range.ALL, plan))
          .isInstanceOf(StartupException.class)
          .hasMessageStartingWith("silver.events is empty")
          .hasMessageEndingWith("; or train with --cuts 0");
    }
    assertThat(printed.size()).isZero();
  }

  @Test
  void tableOfEventsThatIsNotThere_isLikeAnEmptyOne() {
    lake.dropEvents();

    assertThat(possible()).isEqualTo(CutPlan.NONE);
  }
}
