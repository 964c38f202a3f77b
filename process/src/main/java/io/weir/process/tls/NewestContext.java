package io.weir.process.tls;

import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The context of TLS by the newest authorities. Renewed authorities are another context, which
 * knows no sessions: a session that goes on asks no authority again.
 */
final class NewestContext extends SSLContextSpi {
  private final Renewed<PeerTrust.Authorities> contexts;

  private NewestContext(Renewed<PeerTrust.Authorities> contexts) {
    this.contexts = contexts;
  }

  static SSLContext of(Renewed<PeerTrust.Authorities> contexts) {
    SSLContext first = contexts.last().context();
    return new Outside(new NewestContext(contexts), first.getProvider(), first.getProtocol());
  }

  /** What clients hold on to. */
  private static final class Outside extends SSLContext {
    Outside(SSLContextSpi inside, Provider provider, String protocol) {
      super(inside, provider, protocol);
    }
  }

  @Override
  protected void engineInit(
      KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
      throws KeyManagementException {
    throw new KeyManagementException("the authorities come from a file");
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return contexts.get().context().createSSLEngine();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return contexts.get().context().createSSLEngine(host, port);
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return contexts.get().context().getSocketFactory();
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return contexts.get().context().getServerSocketFactory();
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return contexts.get().context().getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return contexts.get().context().getClientSessionContext();
  }

  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    return contexts.get().context().getDefaultSSLParameters();
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    return contexts.get().context().getSupportedSSLParameters();
  }
}
