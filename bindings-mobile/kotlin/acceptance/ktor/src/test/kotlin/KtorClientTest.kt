import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.request.post
import io.ktor.client.request.setBody
import java.net.ServerSocket
import kotlinx.coroutines.runBlocking
import org.enrollkit.Environment
import org.enrollkit.SmileId
import org.enrollkit.SmileIdOptions
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

/** What Ktor's own client throws is told apart, too. */
class KtorClientTest {
    /** (nothing was sent, it may have happened) */
    private fun said(url: String, timeoutMillis: Long = 60_000): Pair<Boolean, Boolean> {
        val call = SmileId(SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example", url), SANDBOX_KEY).deactivate("u")
        val client = HttpClient(CIO) { install(HttpTimeout) { requestTimeoutMillis = timeoutMillis } }
        val thrown = assertThrows(Exception::class.java) { runBlocking { client.use { it.post(call.url) { setBody(checkNotNull(call.body)) } } } }
        return call.failed(thrown).let { it.notSent to it.outcomeUnknown }
    }

    @Test
    fun `a refused connection and an unknown host, and silence`() {
        for (url in listOf("http://127.0.0.1:1", "https://127.0.0.1:1", "https://no-such-host.invalid")) assertEquals(true to false, said(url), url)
        ServerSocket(0).use { assertEquals(false to true, said("http://127.0.0.1:${it.localPort}", timeoutMillis = 1000)) }
    }
}
