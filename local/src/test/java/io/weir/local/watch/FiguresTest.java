package io.weir.local.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final String STATUS =
      "{\"received\":1200,\"accepted\":1100,\"duplicate\":60,\"rejected\":40,\"rekeyed\":3,"
          + "\"late\":2,\"lag\":7,\"settled\":false}";

  @Test
  void status_isReadByName() throws JsonProcessingException {
    assertThat(StreamStatus.of(new ObjectMapper().readTree(STATUS)))
        .isEqualTo(new StreamStatus(1200, 1100, 60, 40, 3, 2, 7, false));
  }

  @Test
  void line_showsTheFlow() throws JsonProcessingException {
    var stream = StreamStatus.of(new ObjectMapper().readTree(STATUS));

    assertThat(new Figures(stream, new Gold.Counts(321, 300)).line())
        .isEqualTo(
            "accepted 1,100   sessions 321   scored 300   lag 7   rejected 40   duplicate 60   late"
                + " 2");
  }

  @Test
  void narrowLine_endsWithTheLastWholeFigure() throws JsonProcessingException {
    var stream = StreamStatus.of(new ObjectMapper().readTree(STATUS));
    var figures = new Figures(stream, new Gold.Counts(321, 300));

    assertThat(figures.line(40)).isEqualTo("accepted 1,100   sessions 321");
    assertThat(figures.line(43)).isEqualTo("accepted 1,100   sessions 321   scored 300");
  }

  @Test
  void serviceState_isOneRow() {
    assertThat(new ServiceState("stream", 42, 8180, "", 0).line())
        .isEqualTo("stream     42       8180   ready");
    assertThat(new ServiceState("stream", 42, 8180, "", 2).line()).endsWith("ready, restarts: 2");
    assertThat(new ServiceState("simulator", 0, 0, "not running", 0).line())
        .isEqualTo("simulator  -        -      not running");
  }

  @Test
  void lakeNumbers_areThoseOfTheFirstRow() {
    assertThat(LakeQueries.firstRow("[{\"rows\":5,\"x\":6},{\"rows\":7}]"))
        .containsExactly(Map.entry("rows", 5L), Map.entry("x", 6L));
    assertThat(LakeQueries.firstRow("[]")).isEmpty();
  }
}
