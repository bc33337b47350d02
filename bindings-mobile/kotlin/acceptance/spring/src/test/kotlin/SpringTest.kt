import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.time.Instant
import org.enrollkit.Acknowledged
import org.enrollkit.Acknowledgement
import org.enrollkit.ApiException
import org.enrollkit.Outcome
import org.enrollkit.SmileId
import org.enrollkit.SmileIdRelay
import org.enrollkit.Verifier
import org.enrollkit.signature
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.springframework.boot.autoconfigure.EnableAutoConfiguration
import org.springframework.boot.builder.SpringApplicationBuilder
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import org.springframework.context.annotation.Import
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.RestController

private val sandbox = Sandbox()
private var session: Session? = null
private val stored = ArrayList<String?>()

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Enrollment::class, Jobs::class)
open class Bank {
    @Bean open fun smile() = smileOf(SANDBOX_KEY, sandbox.url)

    @Bean open fun verifier() = Verifier("085", listOf(SANDBOX_KEY))

    @Bean open fun sessions() = Sessions { session }

    @Bean open fun deliveries() = Deliveries { stored.add(it.userId) }
}

/** A route that gives an outcome as it is. */
@RestController
class Jobs(private val smile: SmileId) {
    @GetMapping("/job")
    fun job(): Acknowledged = send(smile.reactivate("user-42"))
}

/** The recipe under Spring Boot's own server, over HTTP; the sandbox behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpringTest {
    private val bank = SpringApplicationBuilder(Bank::class.java).logStartupInfo(false).run("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off", "--logging.level.root=ERROR")
    private val url = "http://127.0.0.1:${bank.environment.getProperty("local.server.port")}"

    @AfterAll
    fun stop() {
        bank.close()
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
        assertEquals("unauthorized", assertThrows(ApiException::class.java) { send(relayed.reactivate("user-42")) }.kind.slug)
    }

    private fun reply(path: String, method: String, body: ByteArray, vararg headers: Pair<String, String>): HttpResponse<String> {
        val request = HttpRequest.newBuilder(URI("$url$path")).method(method, HttpRequest.BodyPublishers.ofByteArray(body))
        headers.forEach { (name, value) -> request.header(name, value) }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString())
    }

    @Test
    fun `the route takes JSON from the bank's page and from apps, and nothing else`() {
        session = Session("operator", "ops@bank.example")
        val intent = """{"action":"smile_id.reactivate","user_id":"user-42"}""".toByteArray()
        fun status(type: String, origin: String? = null, method: String = "POST"): Int {
            val reply = reply("/api/smile", method, intent, *listOfNotNull("content-type" to type, origin?.let { "origin" to it }).toTypedArray())
            assertEquals("no-store", reply.headers().firstValue("cache-control").orElse(""))
            assertEquals(true, reply.headers().firstValue("content-type").orElse("").startsWith("application/json"))
            return reply.statusCode()
        }
        assertEquals(200, status("application/json"))
        assertEquals(200, status("Application/JSON; charset=utf-8", "https://app.bank.example"))
        assertEquals(403, status("application/json", "https://other.example"))
        assertEquals(415, status("text/plain", "https://app.bank.example"))
        assertEquals(405, status("application/json", method = "PUT"))
        assertEquals(413, reply("/api/smile", "POST", ByteArray(3_000_000), "content-type" to "application/json").statusCode())
    }

    @Test
    fun `a webhook of one and a half megabytes is stored, a forged one is not`() {
        val time = Instant.now().toString().take(23) + "Z"
        fun deliver(key: String, bytes: Int): Int {
            val headers = arrayOf("Response-Timestamp" to time, "Response-Signature" to signature(key, time, "085"), "User-ID" to "user-42")
            return reply("/webhook", "POST", """{"photo":"${"x".repeat(bytes)}"}""".toByteArray(), *headers).statusCode()
        }
        assertEquals(listOf(200, 200, 401, 413), listOf(deliver(SANDBOX_KEY, 10), deliver(SANDBOX_KEY, 1_500_000), deliver("another-key", 10), deliver(SANDBOX_KEY, 3_000_000)))
        assertEquals(listOf<String?>("user-42", "user-42"), stored)
    }

    @Test
    fun `a route that gives an outcome gives its plain form`() {
        val reply = reply("/job", "GET", ByteArray(0))
        assertEquals(200 to Acknowledgement.STATED, reply.statusCode() to (Outcome.fromJson(reply.body()) as Acknowledged).acknowledgement)
    }
}
