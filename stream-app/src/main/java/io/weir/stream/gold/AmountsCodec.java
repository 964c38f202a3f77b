package io.weir.stream.gold;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.BiConsumer;

/** The bytes of amounts by currency. */
final class AmountsCodec {
  private AmountsCodec() {}

  static void write(Map<String, BigInteger> amounts, ByteWriter out) {
    out.varint(amounts.size());
    amounts.forEach((currency, amount) -> {
      out.text(currency);
      out.bytes(amount.toByteArray());
    });
  }

  static void read(ByteReader in, BiConsumer<String, BigInteger> amounts) {
    for (int left = in.varint(); left > 0; left--) {
      amounts.accept(in.text(), new BigInteger(in.bytes()));
    }
  }
}
