import io.ktor.server.engine.embeddedServer
import io.ktor.server.netty.Netty
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.time.Instant
import kotlinx.coroutines.runBlocking
import org.enrollkit.Acknowledgement
import org.enrollkit.ApiException
import org.enrollkit.SmileIdRelay
import org.enrollkit.Verifier
import org.enrollkit.signature
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance

/** The recipe under Ktor's own server, over HTTP; the sandbox behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KtorTest {
    private val sandbox = Sandbox()
    private val stored = ArrayList<String?>()
    private var session: Session? = Session("operator", "ops@bank.example")
    private val server =
        embeddedServer(Netty, port = 0, host = "127.0.0.1") {
            enrollment(smileOf(SANDBOX_KEY, sandbox.url), Verifier("085", listOf(SANDBOX_KEY)), { session }, { stored.add(it.userId) })
        }
    private val url = "http://127.0.0.1:${runBlocking { server.start().engine.resolvedConnectors().first().port }}"

    @AfterAll
    fun stop() {
        server.stop(0, 1000)
        sandbox.close()
    }

    @Test
    fun `an app deactivates a user, and who is not logged in does not`() {
        session = Session("operator", "ops@bank.example")
        val relayed = SmileIdRelay("$url/api/smile")
        assertEquals(Acknowledgement.STATED, send(relayed.deactivate("user-42")).acknowledgement)
        assertEquals(true, send(relayed.enrolleeInfo("user-42")).enrolledUser?.inactive)
        val deletion = assertThrows(ApiException::class.java) { send(relayed.deletePermanently("user-42", "user-42")) }
        assertEquals("refused_by_policy" to true, deletion.kind.slug to deletion.byRelay)
        session = null
        val stranger = assertThrows(ApiException::class.java) { send(relayed.reactivate("user-42")) }
        assertEquals("unauthorized", stranger.kind.slug)
    }

    private fun status(path: String, method: String, body: ByteArray, vararg headers: Pair<String, String>): Int {
        val request = HttpRequest.newBuilder(URI("$url$path")).method(method, HttpRequest.BodyPublishers.ofByteArray(body))
        headers.forEach { (name, value) -> request.header(name, value) }
        val reply = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString())
        if (path == "/api/smile" && reply.statusCode() < 402) assertEquals("no-store", reply.headers().firstValue("cache-control").orElse(""))
        return reply.statusCode()
    }

    @Test
    fun `the route takes JSON from the bank's page and from apps, and nothing else`() {
        session = Session("operator", "ops@bank.example")
        val intent = """{"action":"smile_id.reactivate","user_id":"user-42"}""".toByteArray()
        fun smile(type: String, origin: String? = null, method: String = "POST") =
            status("/api/smile", method, intent, *listOfNotNull("content-type" to type, origin?.let { "origin" to it }).toTypedArray())
        assertEquals(200, smile("application/json"))
        assertEquals(200, smile("Application/JSON; charset=utf-8", "https://app.bank.example"))
        assertEquals(403, smile("application/json", "https://other.example"))
        assertEquals(415, smile("text/plain", "https://app.bank.example"))
        assertEquals(405, smile("application/json", method = "PUT"))
        assertEquals(413, status("/api/smile", "POST", ByteArray(3_000_000), "content-type" to "application/json"))
    }

    @Test
    fun `a webhook of one and a half megabytes is stored, a forged one is not`() {
        val time = Instant.now().toString().take(23) + "Z"
        fun deliver(key: String, bytes: Int): Int {
            val headers = arrayOf("Response-Timestamp" to time, "Response-Signature" to signature(key, time, "085"), "User-ID" to "user-42")
            return status("/webhook", "POST", """{"photo":"${"x".repeat(bytes)}"}""".toByteArray(), *headers)
        }
        assertEquals(listOf(200, 200, 401, 413), listOf(deliver(SANDBOX_KEY, 10), deliver(SANDBOX_KEY, 1_500_000), deliver("another-key", 10), deliver(SANDBOX_KEY, 3_000_000)))
        assertEquals(listOf<String?>("user-42", "user-42"), stored)
        assertTrue(status("/webhook", "GET", ByteArray(0)) in setOf(404, 405))
    }
}
