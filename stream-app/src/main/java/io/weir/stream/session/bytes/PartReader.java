package io.weir.stream.session.bytes;

/** Reads the parts of one visitor. */
public interface PartReader {
  /** The reader for a state that was encoded whole, which has no parts. */
  PartReader NONE =
      part -> {
        throw new IllegalStateException("part " + part + " of a visitor is not at hand");
      };

  byte[] read(int part);
}
