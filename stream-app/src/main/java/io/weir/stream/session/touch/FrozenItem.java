package io.weir.stream.session.touch;

import io.weir.stream.session.bytes.Blob;

/** A frozen piece of a visitor's past. Its bytes begin with event ids, or are sums. */
public interface FrozenItem {
  Blob blob();
}
