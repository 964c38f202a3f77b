package io.weir.process.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a PEM file (RFC 7468): certificates, and private keys as openssl and cert-manager
 * write them (PKCS #8, PKCS #1 and SEC 1).
 */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
  private static final Pattern BEGIN =
      Pattern.compile("-----BEGIN [A-Z0-9 ]{0,30}CERTIFICATE-----");
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int LONG_LENGTH = 0x80;
  private static final byte[] VERSION = {2, 1, 0};

  private Pem() {}

  private record Block(String kind, String text) {
    byte[] content() {
      return Base64.getMimeDecoder().decode(text);
    }
  }

  private static List<Block> blocks(String text) {
    var blocks = new ArrayList<Block>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  /**
   * All certificates of a text, in its order. A text that stops within one is not whole: its file
   * is being written.
   */
  static List<X509Certificate> certificates(String text) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    var found = new ArrayList<X509Certificate>();
    for (Block block : blocks(text)) {
      if (block.kind().endsWith("CERTIFICATE")) {
        found.add(
            (X509Certificate)
                factory.generateCertificate(new ByteArrayInputStream(block.content())));
      }
    }
    if (found.size() < BEGIN.matcher(text).results().count()) {
      throw new CertificateException("a certificate has no end");
    }
    return found;
  }

  /** The first private key of a text; empty if there is none without a password. */
  static Optional<PrivateKey> privateKey(String text, PublicKey other)
      throws GeneralSecurityException {
    for (Block block : blocks(text)) {
      Optional<byte[]> found =
          switch (block.kind()) {
            case "PRIVATE KEY" -> Optional.of(block.content());
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
                Optional.of(wrapped(block.content(), other));
            default -> Optional.empty();
          };
      if (found.isPresent()) {
        KeyFactory factory = KeyFactory.getInstance(other.getAlgorithm());
        return Optional.of(factory.generatePrivate(new PKCS8EncodedKeySpec(found.get())));
      }
    }
    return Optional.empty();
  }

  static boolean isEncrypted(String text) {
    return text.contains("ENCRYPTED");
  }

  /** Puts an older form into PKCS #8. The other half of the key says which algorithm it is of. */
  private static byte[] wrapped(byte[] key, PublicKey other) {
    byte[] algorithm = first(other.getEncoded());
    return element(SEQUENCE, joined(joined(VERSION, algorithm), element(OCTETS, key)));
  }

  /** The first element of a sequence, whole. */
  private static byte[] first(byte[] sequence) {
    int start = header(sequence, 0);
    return Arrays.copyOfRange(
        sequence, start, start + header(sequence, start) + length(sequence, start));
  }

  /** How long the tag and the length are that stand at a place. */
  private static int header(byte[] der, int at) {
    int length = der[at + 1] & 0xff;
    return length < LONG_LENGTH ? 2 : 2 + (length & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int length = der[at + 1] & 0xff;
    if (length < LONG_LENGTH) {
      return length;
    }
    int sum = 0;
    for (int i = 0; i < (length & 0x7f); i++) {
      sum = (sum << 8) | (der[at + 2 + i] & 0xff);
    }
    return sum;
  }

  private static byte[] element(int tag, byte[] content) {
    byte[] head =
        content.length < LONG_LENGTH
            ? new byte[] {(byte) tag, (byte) content.length}
            : new byte[] {
              (byte) tag,
              (byte) (LONG_LENGTH | 3),
              (byte) (content.length >> 16),
              (byte) (content.length >> 8),
              (byte) content.length
            };
    return joined(head, content);
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
