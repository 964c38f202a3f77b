package io.weir.stream.session.bytes;

/** Reads the parts of one visitor. */
public interface PartReader {
  /** A state that was encoded whole has none. */
  PartReader NONE =
      part -> {
        throw new IllegalStateException("part " + part + " of a visitor is not at hand");
      };

  byte[] read(int part);
}
