package io.weir.stream.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.stream.session.text.Texts;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchType;
import io.weir.stream.session.visitor.VisitorState;
import org.junit.jupiter.api.Test;

class MomentTest {
  @Test
  void moments_areTheLastOnesNewestFirst() {
    var state = new VisitorState();
    Texts texts = state.live().dictionary().texts();
    for (int i = 0; i < 3; i++) {
      var touch = new Touch.Builder();
      touch.time = i;
      touch.idHash = i;
      touch.type = TouchType.ADD_TO_CART.code();
      touch.page = texts.intern("shop/" + i);
      touch.products = new int[] {texts.intern("p" + i), Touch.NONE};
      touch.isLate = i == 1;
      state.accept(touch.build());
    }

    assertThat(Moment.last(state, 2))
        .extracting(Moment::time, Moment::type, Moment::page, Moment::isLate)
        .containsExactly(
            tuple(2L, "add_to_cart", "shop/2", false), tuple(1L, "add_to_cart", "shop/1", true));
    assertThat(Moment.last(state, 1).getFirst().products()).containsExactly("p2");
  }

  @Test
  void adsOfImpressionsAndClicks_areNamedWithoutTheirPosition() {
    var state = new VisitorState();
    Texts texts = state.live().dictionary().texts();
    TouchType[] types = {TouchType.PURCHASE, TouchType.AD_CLICK, TouchType.AD_IMPRESSION};
    for (int i = 0; i < types.length; i++) {
      var touch = new Touch.Builder();
      touch.time = i;
      touch.idHash = 7L + i;
      touch.type = types[i].code();
      touch.label = texts.intern("a" + i + "\0" + "top");
      state.accept(touch.build());
    }

    assertThat(Moment.last(state, 3))
        .extracting(Moment::idHash, Moment::ad)
        .containsExactly(tuple(9L, "a2"), tuple(8L, "a1"), tuple(7L, null));
  }
}
