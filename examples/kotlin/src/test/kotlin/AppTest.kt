import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.util.concurrent.TimeUnit
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance

/** The app, a back end, and the sandbox behind it: over real HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppTest {
    private val sandbox =
        ProcessBuilder(checkNotNull(System.getenv("ENROLLKIT_SANDBOX")) { "ENROLLKIT_SANDBOX names no sandbox" }, "--ready-json", "--stop-with-stdin", "--user", "user-42")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
    private val ready = Json.parseToJsonElement(sandbox.inputStream.bufferedReader().readLine()).jsonObject
    private val backEnd = BackEnd(ready.text("url"), "not-a-secret-sandbox-key-0000000000000001")

    private fun Map<String, kotlinx.serialization.json.JsonElement>.text(key: String) = getValue(key).jsonPrimitive.content

    @AfterAll
    fun stop() {
        backEnd.close()
        sandbox.outputStream.close()
        if (!sandbox.waitFor(5, TimeUnit.SECONDS)) sandbox.destroyForcibly()
    }

    private fun fault(name: String) {
        val request =
            HttpRequest.newBuilder(URI("${ready.text("url")}/control/faults"))
                .header("Authorization", "Bearer ${ready.text("control_token")}")
                .POST(HttpRequest.BodyPublishers.ofString("""{"fault":"$name","times":1}"""))
        assertEquals(2, HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode() / 100)
    }

    /** How a command ends, and what it says. */
    private fun run(vararg args: String, backEnd: String = this.backEnd.url): Pair<Int, String> {
        val said = ArrayList<String>()
        return App(backEnd, said::add).run(args.asList()) to said.joinToString("\n")
    }

    @Test
    fun `a user is signed up through the back end`() {
        assertEquals(Exit.DONE to "The form can be sent.\nWelcome!", run("sign-up", "name=jane", "email=jane@home.example"))
    }

    @Test
    fun `a form shows what is wrong with it, and nothing is sent`() {
        val (exit, said) = run("sign-up", "email=nobody", "groupId=admins", backEnd = "https://nowhere.example")
        assertEquals(Exit.REFUSED, exit)
        assertEquals(setOf("  name is required", "  email must be an e-mail address", "  groupId is set by the organization, not in this form"), said.lines().toSet())
    }

    @Test
    fun `a re-enrollment is relayed, and every end has its word`() {
        assertEquals(Exit.DONE to "The user may enroll once more.", run("re-enroll", "user-42"))
        assertEquals(Exit.REFUSED to "The service refused: user_not_found", run("re-enroll", "nobody"))
        assertEquals(Exit.REFUSED to "  user_id is required", run("re-enroll", ""))
        fault("empty")
        assertEquals(Exit.UNKNOWN, run("re-enroll", "user-42").first)
        fault("drop_after")
        val (exit, said) = run("re-enroll", "user-42")
        assertEquals(Exit.UNKNOWN, exit)
        assertTrue(said.startsWith("No answer."), said)
        assertEquals(Exit.REFUSED to "No connection. Nothing was sent.", run("re-enroll", "user-42", backEnd = "http://127.0.0.1:1"))
    }

    @Test
    fun `the back end takes JSON from apps and from its own page`() {
        fun status(path: String, type: String, origin: String?): Int {
            val intent = """{"action":"smile_id.re_enroll","user_id":"user-42"}"""
            val request = HttpRequest.newBuilder(URI("${backEnd.url}/$path")).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(intent))
            origin?.let { request.header("Origin", it) }
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode()
        }
        assertEquals(listOf(200, 200), listOf(null, "https://desk.bank.example").map { status("smile", "application/json; charset=utf-8", it) })
        for (path in listOf("smile", "unifyia")) assertEquals(listOf(403, 415), listOf(status(path, "application/json", "https://other.example"), status(path, "text/plain", null)))
    }

    @Test
    fun `what is no command gets the usage`() {
        for (args in listOf(emptyList(), listOf("delete", "user-42"), listOf("sign-up", "jane"), listOf("re-enroll"))) assertEquals(Exit.USAGE, run(*args.toTypedArray()).first)
    }
}
