package io.weir.stream.session.visitor;

import io.weir.stream.session.bytes.Blob;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.touch.FrozenItem;
import io.weir.stream.session.touch.Touch;
import java.util.List;

/**
 * The ids of touches that were folded together: they tell duplicates of these events.
 *
 * @param end time of the last touch
 */
public record FoldedIds(long end, Blob blob) implements FrozenItem {
  static FoldedIds of(List<Touch> touches) {
    var out = new ByteWriter((touches.size() + 1) * Long.BYTES);
    out.varint(touches.size());
    for (Touch touch : touches) {
      out.fixed(touch.idHash);
    }
    return new FoldedIds(touches.getLast().time, new Blob(out.toBytes()));
  }
}
