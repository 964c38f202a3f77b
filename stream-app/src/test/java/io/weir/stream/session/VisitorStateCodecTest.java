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

  /** Of version 4: one session archived, 32 of the 48 events of the other in chunks. */
  private static final String VERSION_4 =
      "040080000000000000000000019ca9ced3a004757365720000019ca9450a000180a8a894956700ad"
          + "dc57ad8267d2290001010000019ca9450a000000019ca9450a000000019ca9450a00203a0142c02a"
          + "c616f30a430404757365720345555203702d620573686f657301000000000000000000000080a8a8"
          + "9495670800010180890f0202030402e004a2021012d32d9f6b403aa7adbb45c72ca159920654aa81"
          + "060f308cd0ab8aaea220bd659b423f188a39cf4cd1e8deb2b52bcfcf71ba040ce38c088069516b95"
          + "c35a3f2a08fbbcfc3aba10bc123eb2749bfe6cb1f83b3b6322ed9741bbf94d54dce0e8b082c53fe7"
          + "045e20f829055e5b9e345fb3256890a11ad54cb69e2dd58deb8e4fab010e73686f702e6578616d70"
          + "6c652f63010000000000000000000000809c979b9567000101000000000200010100000000020001"
          + "01000000000200010100000000020001010000000002000101000000000200010100000000020001"
          + "01000000000200010100000000020001010000000002000101000000000200010100000000020001"
          + "0100000000020001010000000002000101000000000200010100000000e004a202105300ff6e99c2"
          + "6eb6ba7fe0f662b273441020f29c21076a05f8f51f22831cfcc0e0cf2f07e6e69727d8f19b6689f9"
          + "e0c825af0b5363facf3c0529ce7ea6bd02ab7484867628757d250e885ef704cfe3f99a2a434e9aef"
          + "953d3b46e77c488bb9571a0c3b1fa1070252358a23400448ff9bb21e725bf0d6b5b43738034ec14c"
          + "f056010e73686f702e6578616d706c652f63010000000000000000000000a09c979b956700010100"
          + "00000002000101000000000200010100000000020001010000000002000101000000000200010100"
          + "00000002000101000000000200010100000000020001010000000002000101000000000200010100"
          + "00000002000101000000000200010100000000020001010000000002000101000000000200010100"
          + "0000001005305ec3685c78a0c601086863ec84fc65addf6dfe4f3c7d45db9f4e92dfc0574aa201d8"
          + "7979337fee4fb3830c542360b61676129caf45e968ffb797e42b67ad0117c4bc468505b9fba353b1"
          + "dfe0fc926a2b54eb4d22476040fba16487e3981cceb58e3969ab1379aa73548ce8b0dea0a81c81aa"
          + "4b60a2914f9112a9c13aaac4010e73686f702e6578616d706c652f63010000000000000000000000"
          + "c09c979b956700010100000000020001010000000002000101000000000200010100000000020001"
          + "01000000000200010100000000020001010000000002000101000000000200010100000000020001"
          + "01000000000200010100000000020001010000000002000101000000000200010100000000020001"
          + "01000000000200010100000000";

  @ParameterizedTest
  @ValueSource(strings = {VERSION_1, VERSION_2, VERSION_3, VERSION_4})
  void stateOfAnEarlierVersion_isReadAndWrittenAnew(String hex) {
    VisitorState old = VisitorStateCodec.decode(HexFormat.of().parseHex(hex));

    byte[] written = VisitorStateCodec.encode(old);

    assertThat(written[0]).isEqualTo((byte) 5);
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
    assertThat(state.live().touches).hasSize(1);
    VisitorState again = VisitorStateCodec.decode(VisitorStateCodec.encode(state));
    assertThat(again.isKnown(Hash64.of("a"))).isTrue();
    assertThat(again.isKnown(Hash64.of("c"))).isTrue();
    assertThat(again.isKnown(Hash64.of("d"))).isFalse();
    assertThat(again.encodedSize()).isEqualTo(state.encodedSize());
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

    assertThat(again.live().touches).hasSizeLessThan(48);
    assertThat(again.encodedSize()).isEqualTo(state.encodedSize());
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

    assertThat(state.live().touches).isEmpty();
    assertThat(state.timer()).isEqualTo(VisitorState.NO_TIMER);
  }

  @Test
  void stateOfALaterProgram_saysSo() {
    assertThatThrownBy(() -> VisitorStateCodec.decode(new byte[] {99}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version 99")
        .hasMessageContaining("reads up to 5");
  }
}
