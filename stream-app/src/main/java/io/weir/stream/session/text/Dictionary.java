package io.weir.stream.session.text;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The distinct texts and contexts of some events of one visitor, referred to by number. */
public final class Dictionary {
  private final Texts texts;
  private final List<Context> contexts = new ArrayList<>();

  public Dictionary() {
    this(new Texts());
  }

  private Dictionary(Texts texts) {
    this.texts = texts;
  }

  public Texts texts() {
    return texts;
  }

  public @Nullable String text(int number) {
    return texts.text(number);
  }

  public Context context(int number) {
    return contexts.get(number);
  }

  int contexts() {
    return contexts.size();
  }

  /**
   * The number of an event's context.
   *
   * @param likely the context of the event before, which is compared first; {@link Texts#NONE} for
   *     none
   */
  public int context(EnrichedEvent event, int likely) {
    return likely != Texts.NONE && contexts.get(likely).is(event, texts)
        ? likely
        : intern(Context.of(event, texts));
  }

  int intern(Context context) {
    int known = contexts.lastIndexOf(context);
    if (known >= 0) {
      return known;
    }
    contexts.add(context);
    return contexts.size() - 1;
  }

  /** The approximate number of bytes that the texts and contexts take when they are encoded. */
  public int bytes() {
    return texts.bytes() + contexts.size() * Context.BYTES;
  }

  public void write(ByteWriter out) {
    texts.write(out);
    out.varint(contexts.size());
    for (Context context : contexts) {
      context.write(out);
    }
  }

  public static Dictionary read(ByteReader in) {
    var read = new Dictionary(Texts.read(in));
    for (int left = in.varint(); left > 0; left--) {
      read.contexts.add(Context.read(in));
    }
    return read;
  }
}
