package io.weir.stream.session;

import static io.weir.stream.session.Events.RULES;
import static io.weir.stream.session.Events.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.Session;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorStateCodecTest {
  /** Written by the program that knew version 1: two sessions, the first one emitted. */
  private static final String VERSION_1 =
      "010080000000000000000000019ca9ced371080e73686f702e6578616d706c652f61074669726566"
          + "6f7804757365720e73686f702e6578616d706c652f620e73686f702e6578616d706c652f63034555"
          + "520270310573686f65730100000000000002000000000180a8a8949567002f0a36810ab60ffd0003"
          + "80a8a89495675100990382402d4100010103000000c0a90742c02ac616f30a4300040103000000c0"
          + "cae706fbc62554799cf2240805010380890f06020708";

  /** Of version 2: a user, two sessions, the first one emitted. */
  private static final String VERSION_2 =
      "020080000000000000000000019ca9ce5e4004757365720000019ca9450a00060e73686f702e657861"
          + "6d706c652f610244450345555203702d620573686f65730e73686f702e6578616d706c652f630200"
          + "0000000000000002000000000000000000000000000180a8a8949567002f0a36810ab60ffd000380"
          + "a8a89495675100990382402d4100010100000000c0a90742c02ac616f30a430800020080890f0302"
          + "0405c0cae706fbc62554799cf22400060200000000";

  /** Of version 3: the same, the emitted session archived. */
  private static final String VERSION_3 =
      "030080000000000000000000019ca9ce5e4104757365720000019ca9450a000180a8a8949567002f"
          + "0a36810ab60ffd0001010000019ca9450a000000019ca945f4600000019ca945f460466402510099"
          + "0382402d4142c02ac616f30a43050e73686f702e6578616d706c652f610244450345555203702d62"
          + "0573686f6573020000000000000000020000000000000000000000000080a8a89495670001010000"
          + "0000c0a9070800020080890f0302040501fbc62554799cf224010e73686f702e6578616d706c652f"
          + "63010000000000000000000000809c979b956700010100000000";

  @ParameterizedTest
  @ValueSource(strings = {VERSION_1, VERSION_2, VERSION_3})
  void stateOfAnEarlierVersion_isReadAndWrittenAnew(String hex) {
    VisitorState old = VisitorStateCodec.decode(HexFormat.of().parseHex(hex));

    byte[] written = VisitorStateCodec.encode(old);

    assertThat(written[0]).isEqualTo((byte) 4);
    List<SessionView> sessions =
        new Sessionizer(RULES).view("visitor", VisitorStateCodec.decode(written));
    assertThat(sessions).extracting(SessionView::isEmitted).containsExactly(true, false);
    assertThat(sessions)
        .extracting(SessionView::session)
        .extracting(Session::getStartTime)
        .containsExactly(T0, T0 + 7_200_000);
    assertThat(sessions)
        .extracting(SessionView::session)
        .extracting(Session::getRevenueE4)
        .contains(Map.of("EUR", 123_456L));
  }

  @Test
  void user_survivesFromVersion2On() {
    VisitorState old = VisitorStateCodec.decode(HexFormat.of().parseHex(VERSION_2));

    assertThat(VisitorStateCodec.decode(VisitorStateCodec.encode(old)).user).isEqualTo("user");
  }

  @Test
  void closedSessionOfAnEarlierVersion_isArchivedWhenSettled() {
    VisitorState state = VisitorStateCodec.decode(HexFormat.of().parseHex(VERSION_2));

    new Sessionizer(RULES).settle("visitor", state, T0 + 8_000_000, _ -> {});

    assertThat(state.archives()).hasSize(1);
    assertThat(state.touches).hasSize(1);
    VisitorState again = VisitorStateCodec.decode(VisitorStateCodec.encode(state));
    assertThat(again.isKnown(Hash64.of("a"))).isTrue();
    assertThat(again.isKnown(Hash64.of("c"))).isTrue();
    assertThat(again.isKnown(Hash64.of("d"))).isFalse();
    assertThat(again.weight()).isEqualTo(state.weight());
    assertThat(new Sessionizer(RULES).view("visitor", again)).hasSize(2);
  }

  @Test
  void manyTouches_areFrozenAndSurvive() {
    var sessionizer = new Sessionizer(RULES);
    var state = new VisitorState();
    for (int i = 0; i < 100; i++) {
      sessionizer.accept(state, Events.pageView("e" + i, T0 + i * 1_000L), Watermark.NONE);
    }

    VisitorState again = VisitorStateCodec.decode(VisitorStateCodec.encode(state));

    assertThat(again.touches).hasSizeLessThan(48);
    assertThat(again.weight()).isEqualTo(state.weight());
    assertThat(again.isKnown(Hash64.of("e0"))).isTrue();
    assertThat(again.isKnown(Hash64.of("e99"))).isTrue();
    assertThat(again.isKnown(Hash64.of("e100"))).isFalse();
    assertThat(sessionizer.open("visitor", again).map(Session::getEvents)).contains(100);
  }

  /** In chunks first and in archives then. */
  @Test
  void duplicatesAmongManyFrozenTouches_areKnown() {
    var sessionizer = new Sessionizer(RULES);
    var state = new VisitorState();
    for (int i = 0; i < 1_000; i++) {
      sessionizer.accept(state, Events.pageView("e" + i, T0 + i * 1_000L), Watermark.NONE);
    }
    assertAllKnown(state);

    VisitorState again = VisitorStateCodec.decode(VisitorStateCodec.encode(state));
    assertAllKnown(again);
    assertThat(again.memory()).isEqualTo(state.memory());

    sessionizer.settle("visitor", again, T0 + 8_000_000, _ -> {});
    assertThat(again.archives()).isNotEmpty();
    assertAllKnown(again);
  }

  private static void assertAllKnown(VisitorState state) {
    for (int i = 0; i < 1_000; i++) {
      assertThat(state.isKnown(Hash64.of("e" + i))).isTrue();
    }
    assertThat(state.isKnown(Hash64.of("another"))).isFalse();
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
        .hasMessageContaining("reads up to 4");
  }
}
