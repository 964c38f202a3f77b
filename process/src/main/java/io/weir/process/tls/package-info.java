/**
 * TLS of services and of those who ask them: a key and a certificate from files, authorities from a
 * file, both read again when their files change.
 */
@org.jspecify.annotations.NullMarked
package io.weir.process.tls;
