import java.io.IOException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.time.Duration
import org.enrollkit.Call
import org.enrollkit.Outcome

private val http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build()

fun <T : Outcome> send(call: Call<T>): T {
    val body = call.body?.let(HttpRequest.BodyPublishers::ofString) ?: HttpRequest.BodyPublishers.noBody()
    val reply =
        try {
            val request = HttpRequest.newBuilder(URI.create(call.url)).method(call.method, body).timeout(Duration.ofSeconds(30))
            call.headers.forEach(request::header)
            http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray())
        } catch (error: IOException) {
            throw call.failed(error) // says whether it can have happened
        } catch (error: IllegalArgumentException) {
            throw call.failed(error) // an address that this client can't ask
        } catch (error: InterruptedException) {
            Thread.currentThread().interrupt()
            throw call.failed(error)
        }
    return call.read(reply.statusCode(), reply.body(), reply.headers().map())
}
