package org.enrollkit.support

import org.enrollkit.Call
import org.enrollkit.Outcome
import java.io.IOException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.time.Duration

private val HTTP: HttpClient = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build()

/** Sends a call once, as an application would. */
fun <T : Outcome> send(call: Call<T>, timeout: Duration = Duration.ofSeconds(30)): T {
    val body = call.body?.let(HttpRequest.BodyPublishers::ofString) ?: HttpRequest.BodyPublishers.noBody()
    val request = HttpRequest.newBuilder(URI.create(call.url)).method(call.method, body).timeout(timeout)
    call.headers.forEach(request::header)
    val reply =
        try {
            HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray())
        } catch (error: IOException) {
            throw call.failed(error)
        }
    return call.read(reply.statusCode(), reply.body(), reply.headers().map())
}
