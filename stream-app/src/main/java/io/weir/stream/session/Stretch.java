package io.weir.stream.session;

import io.weir.contract.avro.EnrichedEvent;
import java.util.ArrayList;
import java.util.List;

/** Some of a visitor's touches in order, with the texts and contexts they refer to. */
final class Stretch {
  /** In order; see {@link Touch#isBefore}. */
  final List<Touch> touches = new ArrayList<>();

  final List<Context> contexts = new ArrayList<>();
  final Texts texts;
  private int ownBytes;

  Stretch() {
    this(new Texts());
  }

  Stretch(Texts texts) {
    this.texts = texts;
  }

  void insert(Touch touch) {
    int at = touches.size();
    while (at > 0 && touch.isBefore(touches.get(at - 1))) {
      at--;
    }
    touches.add(at, touch);
    ownBytes += touch.ownBytes();
  }

  /** What it takes encoded, in bytes, about. */
  int bytes() {
    return ownBytes + texts.bytes() + contexts.size() * Context.BYTES;
  }

  /** The context of an event: mostly the one of the event before it. */
  int context(EnrichedEvent event) {
    if (!touches.isEmpty()) {
      int last = touches.getLast().context;
      if (contexts.get(last).is(event, texts)) {
        return last;
      }
    }
    return intern(Context.of(event, texts));
  }

  int intern(Context context) {
    int known = contexts.lastIndexOf(context);
    if (known >= 0) {
      return known;
    }
    contexts.add(context);
    return contexts.size() - 1;
  }

  /** The first touches of a range, as many as may be frozen together. */
  Stretch frozen(int from, int to) {
    var copy = new Stretch();
    var move = new Move(this, copy);
    for (int i = from; i < to && copy.bytes() < Freezing.MOST_BYTES; i++) {
      copy.insert(touches.get(i).moved(move));
    }
    return copy;
  }

  /** All touches but a range, and nothing that only that range refers to. */
  Stretch without(int from, int to) {
    var copy = new Stretch();
    var move = new Move(this, copy);
    touches.subList(0, from).forEach(touch -> copy.insert(touch.moved(move)));
    touches.subList(to, touches.size()).forEach(touch -> copy.insert(touch.moved(move)));
    return copy;
  }

  /** These touches and all that are frozen. */
  Stretch with(List<? extends Frozen> frozen) {
    var all = new Stretch();
    var unsorted = new ArrayList<Touch>();
    addTo(all, unsorted);
    for (Frozen each : frozen) {
      StretchCodec.of(each.blob().bytes()).addTo(all, unsorted);
    }
    unsorted.sort(Touch.ORDER);
    unsorted.forEach(all::insert);
    return all;
  }

  private void addTo(Stretch to, List<Touch> moved) {
    var move = new Move(this, to);
    for (Touch touch : touches) {
      moved.add(touch.moved(move));
    }
  }
}
