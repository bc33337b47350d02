// Its functions are internal: Java does not see them.
@file:JvmSynthetic

package org.enrollkit

import java.net.ConnectException
import java.net.MalformedURLException
import java.net.NoRouteToHostException
import java.net.URISyntaxException
import java.net.UnknownHostException
import java.net.UnknownServiceException
import java.nio.channels.UnresolvedAddressException
import java.security.cert.CertificateException
import java.util.concurrent.CompletionException
import java.util.concurrent.ExecutionException
import javax.net.ssl.SSLHandshakeException
import javax.net.ssl.SSLPeerUnverifiedException

/** How `java.net.http`, `HttpURLConnection` and OkHttp say that a proxy refused to connect: there is no class for it. */
private val REFUSED_BY_PROXY = listOf("Tunnel failed", "Unable to tunnel through proxy", "Unexpected response code for CONNECT")

/**
 * Whether what a client threw says that nothing can have left this machine. A client that tries by itself again has thrown more
 * than once: it must have been so each time.
 */
internal fun isNotSent(thrown: Throwable): Boolean {
    val error = if (thrown is CompletionException || thrown is ExecutionException) thrown.cause ?: thrown else thrown
    return saysNotSent(error) && error.suppressed.all(::isNotSent)
}

private fun saysNotSent(error: Throwable): Boolean =
    when (error) {
        // No such host, refused, unreachable: there was no connection.
        is ConnectException, is NoRouteToHostException, is UnknownHostException, is UnresolvedAddressException -> true
        // The client can't ask this address at all, or may not without TLS.
        is IllegalArgumentException, is URISyntaxException, is MalformedURLException, is UnknownServiceException -> true
        // Not the service's certificate. The other side's "no" is another matter: it can come after the request.
        is SSLPeerUnverifiedException -> true
        is SSLHandshakeException -> generateSequence(error.cause) { it.cause }.take(16).any { it is CertificateException }
        // By name: Android has no such class.
        else ->
            error.javaClass.name == "java.net.http.HttpConnectTimeoutException" ||
                REFUSED_BY_PROXY.any { error.message.orEmpty().startsWith(it) }
    }
