package io.weir.stream.session.touch;

import io.weir.stream.session.bytes.Blob;

/** Something of a visitor's past as bytes, which begin with event ids or are sums. */
public interface FrozenItem {
  Blob blob();
}
