package io.weir.stream.session;

import io.weir.stream.session.text.AdLabel;
import io.weir.stream.session.text.Texts;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchRun;
import io.weir.stream.session.touch.TouchType;
import io.weir.stream.session.visitor.VisitorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One event of a visitor as the state remembers it.
 *
 * @param idHash of the event's id
 * @param ad of an impression or a click
 */
public record Moment(
    long time,
    long idHash,
    String type,
    @Nullable String page,
    List<String> products,
    @Nullable String ad,
    boolean isLate) {
  private static final TouchType[] TYPES = TouchType.values();

  /** The last events of a visitor, newest first. Thaws the state, so it must be a copy. */
  public static List<Moment> last(VisitorState state, int limit) {
    state.thaw();
    var moments = new ArrayList<Moment>();
    TouchRun live = state.live();
    for (int i = live.size() - 1; i >= 0 && moments.size() < limit; i--) {
      moments.add(of(live.touch(i), live.dictionary().texts()));
    }
    return moments;
  }

  private static Moment of(Touch touch, Texts texts) {
    var products = new ArrayList<String>();
    for (int i = 0; i < touch.products.length; i += 2) {
      String product = texts.text(touch.products[i]);
      if (product != null) {
        products.add(product);
      }
    }
    return new Moment(
        touch.time,
        touch.idHash,
        name(touch.type),
        texts.text(touch.page),
        products,
        ad(touch, texts),
        touch.isLate);
  }

  private static @Nullable String ad(Touch touch, Texts texts) {
    TouchType type = TouchType.ofCode(touch.type);
    if (type != TouchType.AD_IMPRESSION && type != TouchType.AD_CLICK) {
      return null;
    }
    String ad = AdLabel.ad(texts.text(touch.label));
    return ad.isEmpty() ? null : ad;
  }

  private static String name(int code) {
    for (TouchType type : TYPES) {
      if (type.code() == code) {
        return type.name().toLowerCase(Locale.ROOT);
      }
    }
    throw new IllegalStateException("no event type has the code " + code);
  }
}
