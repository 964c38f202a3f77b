package io.weir.local.drill;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.drill.DrillPlan.Planned;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class DrillPlanTest {
  private static final Set<FaultKind> ALL = EnumSet.allOf(FaultKind.class);

  @Test
  void sameSeed_isTheSamePlan() {
    assertThat(DrillPlan.of(7, 50, ALL)).isEqualTo(DrillPlan.of(7, 50, ALL));
    assertThat(DrillPlan.of(7, 50, ALL)).isNotEqualTo(DrillPlan.of(8, 50, ALL));
  }

  @Test
  void kills_areSpreadEvenlyOverAllServices() {
    var kills = DrillPlan.of(3, 50, Set.of(FaultKind.KILL)).faults();

    assertThat(kills.stream().collect(groupingBy(Planned::target, counting())))
        .hasSize(5)
        .allSatisfy((service, count) -> assertThat(count).as(service.title()).isEqualTo(10));
  }

  @Test
  void everyOtherKind_hitsEachOfItsTargetsOnce() {
    var others = EnumSet.complementOf(EnumSet.of(FaultKind.KILL));

    assertThat(DrillPlan.of(3, 50, others).faults())
        .extracting(Planned::kind, Planned::target)
        .containsExactlyInAnyOrderElementsOf(
            others.stream()
                .flatMap(kind -> kind.targets().stream().map(target -> Tuple.tuple(kind, target)))
                .toList());
  }

  @Test
  void moments_areInOrderWhileEventsFlow() {
    List<Double> moments = DrillPlan.of(5, 50, ALL).faults().stream().map(Planned::moment).toList();

    assertThat(moments).isSorted().allSatisfy(each -> assertThat(each).isBetween(0.03, 0.97));
  }

  @Test
  void kindLeftOut_movesNoOther() {
    List<Planned> all = DrillPlan.of(5, 20, ALL).faults();

    assertThat(DrillPlan.of(5, 20, Set.of(FaultKind.TWIN)).faults())
        .isEqualTo(all.stream().filter(each -> each.kind() == FaultKind.TWIN).toList());
  }
}
