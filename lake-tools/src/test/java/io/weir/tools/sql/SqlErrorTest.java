package io.weir.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SqlErrorTest {

  @Test
  void positionMarker_isDropped_andTheHintStays() {
    var error =
        new SQLException(
            "Catalog Error: Table with name sesions does not exist!\nDid you mean \"sessions\"?\n\n"
                + "LINE 1: SELECT * FROM sesions\n                      ^^^^^^^");

    assertThat(SqlError.line(error))
        .isEqualTo(
            "Catalog Error: Table with name sesions does not exist! Did you mean \"sessions\"?");
  }
}
