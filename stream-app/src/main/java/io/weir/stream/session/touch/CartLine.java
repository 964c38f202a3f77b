package io.weir.stream.session.touch;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;

/**
 * One product of a purchase or an event of the cart.
 *
 * @param quantity of pieces
 * @param value in ten-thousandths of the currency's unit: that of all pieces in a cart, the price
 *     of one piece in a purchase; 0 if the product has no price
 */
public record CartLine(int quantity, long value) {
  /** The approximate number of encoded bytes. */
  static final int BYTES = 4;

  void write(ByteWriter out) {
    out.varint(quantity);
    out.signed(value);
  }

  static CartLine read(ByteReader in) {
    return new CartLine(in.varint(), in.signed());
  }
}
