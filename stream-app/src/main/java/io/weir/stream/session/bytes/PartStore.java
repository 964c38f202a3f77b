package io.weir.stream.session.bytes;

/** The store of the parts of one visitor. */
public interface PartStore extends PartReader {
  void write(int part, byte[] bytes);

  void delete(int part);
}
