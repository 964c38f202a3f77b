package io.weir.stream.session.bytes;

/** Where the parts of one visitor lie. */
public interface PartStore extends PartReader {
  void write(int part, byte[] bytes);

  void delete(int part);
}
