package io.weir.process.tls;

import io.weir.process.StartupException;
import io.weir.process.tls.Renewed.Source;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/**
 * A private key with the certificates that belong to it.
 *
 * @param chain the certificate of the key, and those of the authorities above it
 */
record TlsKey(List<X509Certificate> chain, PrivateKey key) {
  private static final byte[] ANYTHING = "weir".getBytes(StandardCharsets.US_ASCII);
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  TlsKey {
    chain = List.copyOf(chain);
  }

  /** Reads both files; fails with a line that names the wrong one. */
  static TlsKey read(Source certificates, Source keys, List<String> texts) {
    List<X509Certificate> chain = chain(certificates, texts.getFirst());
    X509Certificate own = chain.getFirst();
    String algorithm = SIGNATURES.get(own.getPublicKey().getAlgorithm());
    if (algorithm == null) {
      throw new StartupException(
          "%s has a key for %s; take one for RSA, EC or Ed25519"
              .formatted(certificates.variable(), own.getPublicKey().getAlgorithm()));
    }
    var found = new TlsKey(chain, key(keys, certificates, texts.getLast(), own));
    if (!found.belongs(algorithm)) {
      throw stranger(keys, certificates);
    }
    return found;
  }

  /** Refuses a certificate that nobody takes today: one that begins later, or has ended. */
  void requireUsable(Source certificates) {
    X509Certificate own = chain.getFirst();
    try {
      own.checkValidity();
    } catch (CertificateException _) {
      throw new StartupException(
          "%s has a certificate for another time: from %s until %s"
              .formatted(
                  certificates.variable(),
                  own.getNotBefore().toInstant(),
                  own.getNotAfter().toInstant()));
    }
  }

  private static List<X509Certificate> chain(Source source, String text) {
    try {
      List<X509Certificate> chain = Pem.certificates(text);
      if (!chain.isEmpty()) {
        return chain;
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw new StartupException(source.variable() + " has a broken certificate", e);
    }
    throw new StartupException(
        source.variable() + " has no certificate: it must be PEM, -----BEGIN CERTIFICATE-----");
  }

  private static PrivateKey key(
      Source source, Source certificates, String text, X509Certificate own) {
    try {
      return Pem.privateKey(text, own.getPublicKey())
          .orElseThrow(() ->
              new StartupException(
                  source.variable()
                      + (Pem.isEncrypted(text)
                          ? " has a key with a password; take one without"
                          : " has no key: it must be PEM, -----BEGIN PRIVATE KEY-----")));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      // What a reader of keys complains about may quote the key.
      throw stranger(source, certificates);
    }
  }

  private static StartupException stranger(Source keys, Source certificates) {
    return new StartupException(
        "%s has a key that does not belong to the first certificate in %s"
            .formatted(keys.variable(), certificates.variable()));
  }

  private boolean belongs(String algorithm) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(ANYTHING);
      byte[] signed = signature.sign();
      signature.initVerify(chain.getFirst().getPublicKey());
      signature.update(ANYTHING);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "TlsKey[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
