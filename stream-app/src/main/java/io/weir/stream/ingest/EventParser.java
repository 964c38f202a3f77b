package io.weir.stream.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.weir.contract.RejectReason;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.ingest.Checked.Accepted;
import io.weir.stream.ingest.Checked.Rejected;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one raw event: a streaming pass over the bytes, no tree, no reflection. One instance serves
 * one thread.
 */
public final class EventParser {
  /** A raw event is at most 32 KiB. */
  public static final int MAX_BYTES = 32 * 1024;

  private static final int MAX_DEPTH = 50;
  private static final int SHOWN = 200;

  private final JsonFactory factory =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_BYTES)
                  .maxStringLength(MAX_BYTES)
                  .maxDocumentLength(MAX_BYTES)
                  .build())
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final EventFields fields = new EventFields();
  private final PlainTokens scanner = new PlainTokens();

  /** The {@link RawField.Name#rank} of the name that gave each field so far; 0 for none. */
  private final int[] ranks = new int[RawField.SLOTS];

  /** Returns the event with the fields it has; {@link EventValidator} checks if they suffice. */
  public Checked parse(byte @Nullable [] value) {
    if (value == null || value.length == 0) {
      return new Rejected(RejectReason.EMPTY, "the record has no value");
    }
    if (value.length > MAX_BYTES) {
      return tooLarge(value.length);
    }
    TextReader texts = TextReader.of(value);
    EnrichedEvent scanned = texts == TextReader.PLAIN ? scanned(value) : null;
    return scanned != null ? new Accepted(scanned) : parsed(value, texts);
  }

  /** The rejection of a value that has too many bytes, whatever they are. */
  public static Rejected tooLarge(int length) {
    return new Rejected(
        RejectReason.TOO_LARGE,
        "the value has " + length + " bytes, at most " + MAX_BYTES + " are allowed");
  }

  /** Returns null for an unusual or invalid document: the parser then tells which of the two. */
  @Nullable EnrichedEvent scanned(byte[] value) {
    scanner.start(value);
    try {
      return document(scanner, TextReader.PLAIN);
    } catch (Refusal | IOException e) {
      return null;
    }
  }

  Checked parsed(byte[] value, TextReader texts) {
    try (JsonParser json = factory.createParser(value)) {
      return new Accepted(document(new ParserTokens(json), texts));
    } catch (Refusal e) {
      return e.toRejected();
    } catch (IOException e) {
      // Broken syntax, a limit exceeded, or bytes that are no UTF-8.
      return new Rejected(RejectReason.NOT_JSON, shortened(e));
    }
  }

  private static String shortened(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = Math.min(SHOWN, message.length());
    int line = message.indexOf('\n');
    return message.substring(0, line >= 0 ? Math.min(line, end) : end);
  }

  private EnrichedEvent document(Tokens tokens, TextReader texts) throws IOException, Refusal {
    JsonToken first = tokens.next();
    if (first != JsonToken.START_OBJECT) {
      throw first == null
          ? new Refusal(RejectReason.NOT_JSON, "the value is blank")
          : new Refusal(RejectReason.NOT_AN_OBJECT, "the value is JSON but no object");
    }
    Arrays.fill(ranks, 0);
    EnrichedEvent event = fields.start(texts);
    while (tokens.next() == JsonToken.FIELD_NAME) {
      String name = tokens.name();
      tokens.next();
      RawField.Name known = RawField.named(name);
      if (known == null) {
        fields.extra(tokens, name);
      } else if (claims(known, name)) {
        fields.read(tokens, known.field(), name);
      } else {
        tokens.skipChildren();
      }
    }
    if (tokens.next() != null) {
      throw new Refusal(RejectReason.NOT_JSON, "more follows after the JSON object");
    }
    fields.finish();
    return event;
  }

  private boolean claims(RawField.Name known, String name) throws Refusal {
    int claimed = ranks[known.slot()];
    if (known.rank() == claimed) {
      throw new Refusal(RejectReason.DUPLICATE_KEY, "the key " + name + " appears twice");
    }
    if (known.rank() < claimed) {
      return false;
    }
    ranks[known.slot()] = known.rank();
    return true;
  }
}
