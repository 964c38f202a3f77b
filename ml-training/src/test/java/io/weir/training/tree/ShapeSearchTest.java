package io.weir.training.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeSearchTest {
  private static final TreeShape GIVEN = TreeShape.standard();

  @Test
  void givenShape_isTheFirst_andNoneIsTriedTwice() {
    List<TreeShape> shapes = ShapeSearch.shapes(GIVEN, 1_000, 1);

    assertThat(shapes).hasSize(1_000).doesNotHaveDuplicates().startsWith(GIVEN);
  }

  @Test
  void seed_decidesTheOthers() {
    List<TreeShape> shapes = ShapeSearch.shapes(GIVEN, 5, 1);

    assertThat(ShapeSearch.shapes(GIVEN, 5, 1)).isEqualTo(shapes);
    assertThat(ShapeSearch.shapes(GIVEN, 5, 2)).isNotEqualTo(shapes);
    // A longer search begins like a shorter one.
    assertThat(ShapeSearch.shapes(GIVEN, 9, 1)).startsWith(shapes.toArray(TreeShape[]::new));
  }
}
