package io.weir.stream.session.touch;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.session.text.Dictionary;
import io.weir.stream.session.text.Renumbering;
import io.weir.stream.session.text.Texts;
import java.util.ArrayList;
import java.util.List;

/** Some of a visitor's touches in order, with the dictionary that they refer to. */
public final class TouchRun {
  /** The touches in the order of {@link Touch#ORDER}. */
  private final List<Touch> touches = new ArrayList<>();

  private final Dictionary dictionary;
  private int ownBytes;

  public TouchRun() {
    this(new Dictionary());
  }

  TouchRun(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  public Dictionary dictionary() {
    return dictionary;
  }

  public int size() {
    return touches.size();
  }

  public boolean isEmpty() {
    return touches.isEmpty();
  }

  public Touch touch(int at) {
    return touches.get(at);
  }

  /** The touches in order, not to be changed. A read-only view would slow down every pass. */
  public List<Touch> touches() {
    return touches;
  }

  public List<Touch> touches(int from, int to) {
    return touches.subList(from, to);
  }

  public void insert(Touch touch) {
    int at = touches.size();
    while (at > 0 && touch.isBefore(touches.get(at - 1))) {
      at--;
    }
    touches.add(at, touch);
    ownBytes += touch.ownBytes();
  }

  /** The approximate number of bytes that the run takes when it is encoded. */
  public int bytes() {
    return ownBytes + dictionary.bytes();
  }

  /** The number of an event's context: mostly that of the event before it. */
  public int context(EnrichedEvent event) {
    return dictionary.context(event, touches.isEmpty() ? Texts.NONE : touches.getLast().context);
  }

  /** A copy of the first touches of a range, as many as take about {@code mostBytes}. */
  public TouchRun part(int from, int to, int mostBytes) {
    var copy = new TouchRun();
    var numbers = new Renumbering(dictionary, copy.dictionary);
    for (int i = from; i < to && copy.bytes() < mostBytes; i++) {
      copy.insert(touches.get(i).renumbered(numbers));
    }
    return copy;
  }

  /** A copy of all touches but a range, without the texts that only that range refers to. */
  public TouchRun without(int from, int to) {
    var copy = new TouchRun();
    var numbers = new Renumbering(dictionary, copy.dictionary);
    touches.subList(0, from).forEach(touch -> copy.insert(touch.renumbered(numbers)));
    touches.subList(to, size()).forEach(touch -> copy.insert(touch.renumbered(numbers)));
    return copy;
  }

  /** A copy of these touches and those of other runs, in order. */
  public TouchRun with(Iterable<TouchRun> others) {
    var all = new TouchRun();
    var unsorted = new ArrayList<Touch>();
    addTo(all, unsorted);
    for (TouchRun other : others) {
      other.addTo(all, unsorted);
    }
    unsorted.sort(Touch.ORDER);
    unsorted.forEach(all::insert);
    return all;
  }

  private void addTo(TouchRun to, List<Touch> renumbered) {
    var numbers = new Renumbering(dictionary, to.dictionary);
    for (Touch touch : touches) {
      renumbered.add(touch.renumbered(numbers));
    }
  }
}
