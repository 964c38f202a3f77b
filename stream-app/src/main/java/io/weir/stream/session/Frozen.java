package io.weir.stream.session;

/** Something of a visitor's past as bytes, which begin with event ids or are sums. */
public interface Frozen {
  Blob blob();
}
