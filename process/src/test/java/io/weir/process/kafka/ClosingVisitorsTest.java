package io.weir.process.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.VisitorPartition;
import org.junit.jupiter.api.Test;

class ClosingVisitorsTest {

  @Test
  void names_lieOnTheirPartitions() {
    for (int partition = 0; partition < 7; partition++) {
      String name = ClosingVisitors.on(partition, 7);

      assertThat(name).startsWith("weir-closing-");
      assertThat(VisitorPartition.of(name, 7)).isEqualTo(partition);
    }
  }
}
