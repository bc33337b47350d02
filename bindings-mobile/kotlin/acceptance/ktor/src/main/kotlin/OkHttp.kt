package bank.app

import java.io.IOException
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody
import okio.BufferedSink
import org.enrollkit.Call
import org.enrollkit.Outcome

private val http = OkHttpClient.Builder().followRedirects(false).retryOnConnectionFailure(false).build()

/** OkHttp sends it once, whatever an answer asks for (a 503 with `Retry-After: 0`, say). */
private class Once(private val bytes: ByteArray) : RequestBody() {
    override fun contentType() = null // the call's own header says it

    override fun contentLength() = bytes.size.toLong()

    override fun isOneShot() = true

    override fun writeTo(sink: BufferedSink) {
        sink.write(bytes)
    }
}

fun <T : Outcome> send(call: Call<T>): T {
    val (status, headers, body) =
        try {
            val request = Request.Builder().url(call.url).method(call.method, call.body?.let { Once(it.toByteArray()) })
            call.headers.forEach { (name, value) -> request.header(name, value) }
            http.newCall(request.build()).execute().use { Triple(it.code, it.headers.toMultimap(), it.body.bytes()) }
        } catch (error: IOException) {
            throw call.failed(error) // says whether it can have happened
        } catch (error: IllegalArgumentException) {
            throw call.failed(error) // an address that can't be asked
        }
    return call.read(status, body, headers)
}
