package io.weir.lake.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.lake.gold.GoldTable;
import io.weir.lake.gold.GoldTables;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TableNamesTest {
  /**
   * A table's consumer group has its name: two tables of one name would share their topic's
   * records.
   */
  @Test
  void names_areOfOneTableEach_inLakeAndGold() {
    Stream<String> all =
        Stream.concat(
            LakeTables.all().stream().map(TableSpec::name),
            GoldTables.ALL.stream().map(GoldTable::view));

    assertThat(all).doesNotHaveDuplicates();
  }
}
