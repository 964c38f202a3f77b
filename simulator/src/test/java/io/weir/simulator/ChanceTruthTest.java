package io.weir.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.process.Stop;
import io.weir.simulator.publish.MemoryPublisher;
import io.weir.simulator.truth.ChanceTruth;
import io.weir.simulator.truth.ChanceTruth.TrueChance;
import io.weir.simulator.truth.GroundTruth;
import io.weir.simulator.truth.TrueSession;
import io.weir.simulator.visit.Habits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The true probabilities are those with which things happen. */
class ChanceTruthTest {
  private static final int EVENTS = 60_000;
  private static final double MOST = 0.006;
  private static final List<Case> PURCHASES = new ArrayList<>();
  private static final List<TrueChance> IMPRESSIONS = new ArrayList<>();
  private static List<MemoryPublisher.Sent> records = List.of();
  private static int people;
  private static int clicks;

  private record Case(TrueChance chance, boolean happened) {}

  @BeforeAll
  static void simulate() {
    var simulation = new Simulation(config(1), Resources.profile(), Resources.world());
    ChanceTruth chances = simulation.foresee();
    var publisher = new MemoryPublisher(4);
    GroundTruth truth = simulation.truth(GroundTruth.Keep.EVENTS);
    simulation.history(publisher, truth).runUntil(new Stop(), () -> {});
    records = publisher.sent();
    Map<String, TrueSession> sessions = new HashMap<>();
    truth.eachSession(session -> {
      clicks += session.bot() ? 0 : session.matchedClicks();
      if (!session.bot()) {
        sessions.put(session.visitor() + session.start(), session);
      }
    });
    people = sessions.size();
    chances.each((isOfSession, chance) -> {
      if (isOfSession) {
        TrueSession session = sessions.get(chance.visitor() + chance.time());
        // A visit that begins with its purchase has no event before it.
        PURCHASES.add(new Case(chance, session != null && session.converted()));
      } else {
        IMPRESSIONS.add(chance);
      }
    });
  }

  private static SimulatorConfig config(double appeal) {
    SimulatorConfig usual = Simulated.config(5, EVENTS);
    var habits = new Habits(0.05, 0.05, 0, 2, 0, appeal, 0);
    return new SimulatorConfig(
        usual.seed(),
        usual.events(),
        usual.visitors(),
        usual.history(),
        usual.until(),
        usual.endingBefore(),
        false,
        1,
        usual.bots(),
        usual.faults(),
        habits);
  }

  @Test
  void everySession_hasOne() {
    assertThat(PURCHASES).hasSize(people);
  }

  @Test
  void purchases_happenAsOftenAsTheySay() {
    assertThat(calibrationError(TrueChance::hidden)).isLessThan(MOST);
    assertThat(calibrationError(TrueChance::knowable)).isLessThan(MOST);
  }

  @Test
  void hidden_isWorthMoreThanKnowable() {
    double hidden = logLoss(TrueChance::hidden);
    double knowable = logLoss(TrueChance::knowable);
    double rate = PURCHASES.stream().filter(Case::happened).count() / (double) PURCHASES.size();

    assertThat(hidden).isLessThan(knowable);
    assertThat(knowable).isLessThan(0.8 * entropy(rate));
  }

  @Test
  void clicks_happenAsOftenAsTheySay() {
    double hidden = IMPRESSIONS.stream().mapToDouble(TrueChance::hidden).sum();
    double knowable = IMPRESSIONS.stream().mapToDouble(TrueChance::knowable).sum();
    double most = 4 * Math.sqrt(clicks);

    assertThat(clicks).isGreaterThan(80);
    assertThat(hidden).isCloseTo(clicks, within(most));
    assertThat(knowable).isCloseTo(clicks, within(most));
  }

  @Test
  void traffic_isTheSameWithoutThem() {
    var simulation = new Simulation(config(1), Resources.profile(), Resources.world());
    var publisher = new MemoryPublisher(4);
    GroundTruth truth = simulation.truth(GroundTruth.Keep.COUNTS);
    simulation.history(publisher, truth).runUntil(new Stop(), () -> {});

    assertThat(publisher.sent()).isEqualTo(records);
  }

  private static double calibrationError(ToDoubleFunction<TrueChance> of) {
    List<Case> cases = new ArrayList<>(PURCHASES);
    cases.sort(Comparator.comparingDouble(each -> of.applyAsDouble(each.chance)));
    double error = 0;
    for (int tenth = 0; tenth < 10; tenth++) {
      List<Case> group = cases.subList(cases.size() * tenth / 10, cases.size() * (tenth + 1) / 10);
      double said = group.stream().mapToDouble(each -> of.applyAsDouble(each.chance)).sum();
      error += Math.abs(said - group.stream().filter(Case::happened).count());
    }
    return error / cases.size();
  }

  private static double logLoss(ToDoubleFunction<TrueChance> of) {
    return PURCHASES.stream()
        .mapToDouble(each -> {
          double chance = of.applyAsDouble(each.chance);
          return -Math.log(Math.max(1e-12, each.happened ? chance : 1 - chance));
        })
        .average()
        .orElseThrow();
  }

  private static double entropy(double rate) {
    return -rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate);
  }
}
