import java.io.IOException
import java.net.InetSocketAddress
import java.net.Proxy
import java.net.ServerSocket
import java.net.Socket
import java.net.UnknownHostException
import kotlin.concurrent.thread
import okhttp3.ConnectionSpec
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody
import org.enrollkit.Acknowledgement
import org.enrollkit.ApiException
import org.enrollkit.Environment
import org.enrollkit.NoResponseException
import org.enrollkit.SmileId
import org.enrollkit.SmileIdOptions
import org.enrollkit.SmileIdRelay
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

/** What ANDROID.md sends with: once, and what it throws is told apart. */
class OkHttpTest {
    private fun smile(url: String) = SmileId(SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example", url, allowHttp = true), SANDBOX_KEY)

    /** Answers each request with what [answers] has for it, then with silence and an end. */
    private fun <T> serving(answers: List<String>, work: (url: String, requests: () -> Int) -> T): T {
        var seen = 0
        fun talk(socket: Socket) = socket.use {
            val input = it.getInputStream()
            while (true) {
                var text = ""
                while (!text.endsWith("}")) {
                    val byte = input.read()
                    if (byte < 0) return@use
                    text += byte.toChar()
                }
                val answer = answers.getOrNull(seen++) ?: return@use
                it.getOutputStream().write(answer.toByteArray())
            }
        }
        val server = ServerSocket(0)
        thread(isDaemon = true) { runCatching { while (true) server.accept().let { socket -> thread(isDaemon = true) { runCatching { talk(socket) } } } } }
        return server.use { work("http://127.0.0.1:${it.localPort}") { seen } }
    }

    private fun answer(status: String, vararg headers: String) = "HTTP/1.1 $status\r\n${headers.joinToString("") { "$it\r\n" }}Content-Length: 2\r\n\r\n{}"

    @Test
    fun `a call is answered by the sandbox`() {
        Sandbox().use { sandbox ->
            assertEquals(Acknowledgement.STATED, bank.app.send(smile(sandbox.url).deactivate("user-42")).acknowledgement)
            assertEquals("user_not_found", assertThrows(ApiException::class.java) { bank.app.send(smile(sandbox.url).deactivate("nobody")) }.kind.slug)
        }
    }

    @Test
    fun `nothing is sent twice, and no redirect is followed`() {
        for (status in listOf("503 Busy", "408 Late", "307 Elsewhere", "421 Misdirected", "401 Who")) {
            serving(listOf(answer(status, "Retry-After: 0", "Location: /elsewhere"))) { url, requests ->
                assertThrows(ApiException::class.java) { bank.app.send(smile(url).deactivate("u")) }
                assertEquals(1, requests(), status)
            }
        }
        // A connection that was kept, and breaks.
        serving(listOf(answer("200 OK"))) { url, requests ->
            bank.app.send(smile(url).deactivate("u"))
            val lost = assertThrows(NoResponseException::class.java) { bank.app.send(smile(url).deactivate("u")) }
            assertEquals(listOf(false, true, 2), listOf(lost.notSent, lost.outcomeUnknown, requests()))
        }
    }

    @Test
    fun `nothing was sent`() {
        for (url in listOf("http://127.0.0.1:1", "https://127.0.0.1:1", "http://no-such-host.invalid", "http://id_gateway:8085")) {
            val error = assertThrows(NoResponseException::class.java) { bank.app.send(smile(url).deactivate("u")) }
            assertEquals(true to false, error.notSent to error.outcomeUnknown, url)
            // Compose's names have underscores: OkHttp asks for them, unlike the JDK's own client.
            assertEquals(".invalid" in url || "_" in url, error.cause is UnknownHostException, "$url: ${error.cause}")
        }
        assertEquals(true, assertThrows(NoResponseException::class.java) { bank.app.send(SmileIdRelay("/api/smile").deactivate("u")) }.notSent)
        // A proxy's "no", and a client that may not send without TLS.
        val refusing = ServerSocket(0)
        thread(isDaemon = true) {
            runCatching {
                refusing.accept().use {
                    it.getInputStream().read(ByteArray(4096))
                    it.getOutputStream().write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".toByteArray())
                }
            }
        }
        val proxied = OkHttpClient.Builder().proxy(Proxy(Proxy.Type.HTTP, InetSocketAddress("127.0.0.1", refusing.localPort))).build()
        val secure = OkHttpClient.Builder().connectionSpecs(listOf(ConnectionSpec.MODERN_TLS)).build()
        for ((client, url) in listOf(proxied to "https://portal.example", secure to "http://portal.example")) {
            val call = smile(url).deactivate("u")
            val request = Request.Builder().url(call.url).post(call.body!!.toRequestBody()).build()
            val thrown = assertThrows(IOException::class.java) { client.newCall(request).execute() }
            assertEquals(true, call.failed(thrown).notSent, "$thrown")
        }
        refusing.close()
    }
}
