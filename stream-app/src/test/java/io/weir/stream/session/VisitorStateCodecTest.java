package io.weir.stream.session;

import static io.weir.stream.session.Events.RULES;
import static io.weir.stream.session.Events.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.Session;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisitorStateCodecTest {
  /** Written by the program that knew version 1: two sessions, the first one emitted. */
  private static final String VERSION_1 =
      "010080000000000000000000019ca9ced371080e73686f702e6578616d706c652f61074669726566"
          + "6f7804757365720e73686f702e6578616d706c652f620e73686f702e6578616d706c652f63034555"
          + "520270310573686f65730100000000000002000000000180a8a8949567002f0a36810ab60ffd0003"
          + "80a8a89495675100990382402d4100010103000000c0a90742c02ac616f30a4300040103000000c0"
          + "cae706fbc62554799cf2240805010380890f06020708";

  @Test
  void stateOfVersion1_isReadAndWrittenAnew() {
    VisitorState old = VisitorStateCodec.decode(HexFormat.of().parseHex(VERSION_1));

    byte[] written = VisitorStateCodec.encode(old);

    assertThat(written[0]).isEqualTo((byte) 2);
    List<SessionView> sessions =
        new Sessionizer(RULES).view("visitor", VisitorStateCodec.decode(written));
    assertThat(sessions).extracting(SessionView::isEmitted).containsExactly(true, false);
    assertThat(sessions)
        .extracting(SessionView::session)
        .extracting(Session::getStartTime)
        .containsExactly(T0, T0 + 7_200_000);
    assertThat(sessions.getLast().session().getRevenueE4()).containsEntry("EUR", 123_456L);
    assertThat(sessions.getLast().session().getUserId()).isEqualTo("user");
  }

  @Test
  void emptyState_survives() {
    VisitorState state = VisitorStateCodec.decode(VisitorStateCodec.encode(new VisitorState()));

    assertThat(state.touches).isEmpty();
    assertThat(state.timer()).isEqualTo(VisitorState.NO_TIMER);
  }

  @Test
  void stateOfALaterProgram_saysSo() {
    assertThatThrownBy(() -> VisitorStateCodec.decode(new byte[] {99}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version 99")
        .hasMessageContaining("reads up to 2");
  }
}
