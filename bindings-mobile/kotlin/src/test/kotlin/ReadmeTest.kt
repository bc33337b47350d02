import com.sun.net.httpserver.HttpServer
import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.net.InetSocketAddress
import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import java.util.ArrayDeque
import org.enrollkit.Acknowledged
import org.enrollkit.Acknowledgement
import org.enrollkit.ApiException
import org.enrollkit.Confirmation
import org.enrollkit.EnrollkitException
import org.enrollkit.Intent
import org.enrollkit.InvalidInputException
import org.enrollkit.Outcome
import org.enrollkit.Relay
import org.enrollkit.RelayAnswer
import org.enrollkit.SmileIdRelay
import org.enrollkit.Unifyia
import org.enrollkit.UnifyiaOptions
import org.enrollkit.UnifyiaRelay
import org.enrollkit.Verifier
import org.enrollkit.signature
import org.enrollkit.support.SANDBOX_KEY
import org.enrollkit.support.Sandbox
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance

/** Where a block's file is, by its language. */
private val BLOCKS = mapOf("kotlin" to Path.of("src/test/kotlin/readme"), "java" to Path.of("src/test/java/bank"))

/** Every block of the README is a file beside this one, to the letter, and does what the README says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmeTest {
    private val sandbox = Sandbox(listOf("--user", "user-42", "--organization", "Acme Bank", "--keep-bodies"))
    private val smile = smileOf(SANDBOX_KEY, sandbox.url)

    @AfterAll
    fun stop() = sandbox.close()

    private fun fault(name: String) = sandbox.control("POST", "/faults", """{"fault":"$name","times":1}""")

    /** A back end of one route, as small as can be. */
    private fun <T> serving(route: (String, Map<String, List<String>>, ByteArray) -> RelayAnswer?, work: (String) -> T): T {
        val server = HttpServer.create(InetSocketAddress("127.0.0.1", 0), 0)
        server.createContext("/") { exchange ->
            val answer = route(exchange.requestMethod, exchange.requestHeaders, exchange.requestBody.readAllBytes())
            exchange.responseHeaders["Content-Type"] = "application/json"
            val body = answer?.body.orEmpty().toByteArray()
            exchange.sendResponseHeaders(answer?.status ?: 401, body.size.toLong())
            exchange.responseBody.use { it.write(body) }
        }
        server.start()
        try {
            return work("http://127.0.0.1:${server.address.port}/api")
        } finally {
            server.stop(0)
        }
    }

    @Test
    fun `each block is a file that is compiled`() {
        val named = Regex("<!-- test: ([^>]+) -->\n```(kotlin|java)\n(.*?)^```$", setOf(RegexOption.DOT_MATCHES_ALL, RegexOption.MULTILINE))
        val seen = ArrayList<String>()
        for (page in listOf("README.md", "ANDROID.md", "SERVERS.md")) {
            val text = Files.readString(Path.of(page))
            val blocks = named.findAll(text).map { it.destructured }.toList()
            assertEquals(Regex("^```(kotlin|java)$", RegexOption.MULTILINE).findAll(text).count(), blocks.size, page)
            for ((name, language, code) in blocks) {
                if (name == "none, for there is no Android SDK") continue
                val path = if ('/' in name) Path.of(name) else BLOCKS.getValue(language).resolve(name)
                assertEquals(Files.readString(path), code, "$page: $name")
                seen.add("$path")
            }
        }
        val readme = BLOCKS.values.flatMap { folder -> Files.list(folder).use { files -> files.map(Path::toString).toList() } }
        assertEquals(emptyList<String>(), readme.filterNot { it.endsWith("Test.java") } - seen.toSet())
    }

    @Test
    fun `what Maven and Gradle are told is what the pom says`() {
        val pom = Files.readString(Path.of("pom.xml"))
        fun version(artifact: String) = checkNotNull(Regex("<artifactId>$artifact</artifactId>[^/]*?<version>([^<]+)").find(pom)).groupValues[1]
        assertTrue("<version>${Regex("<version>([^<]+)").find(pom)!!.groupValues[1]}</version>" in Files.readString(Path.of("README.md")))
        val gradle = Files.readString(Path.of("ANDROID.md"))
        val line = "kotlinx-serialization-json:${version("kotlinx-serialization-json-jvm")}"
        assertTrue(line in gradle, line)
    }

    @Test
    fun `an app asks its back end, which asks its policy`() {
        val operator = Session("operator", "ops@bank.example")
        serving({ method, headers, body -> smileRoute(smile, operator, method, headers, body) }) { url ->
            val users = Users(SmileIdRelay(url))
            assertEquals("Deactivated.", users.deactivate("user-42"))
            fault("empty")
            assertEquals("Sent. Look the user up.", users.deactivate("user-42"))
            assertEquals("Refused: user_not_found", users.deactivate("nobody"))
            val deletion = assertThrows(ApiException::class.java) { send(SmileIdRelay(url).deletePermanently("user-42", "user-42")) }
            assertEquals("refused_by_policy" to true, deletion.kind.slug to deletion.byRelay)
        }
        serving({ method, headers, body -> smileRoute(smile, Session("guest", "g@bank.example"), method, headers, body) }) { assertEquals("Refused: refused_by_policy", Users(SmileIdRelay(it)).deactivate("user-42")) }
        serving({ method, headers, body -> smileRoute(smile, null, method, headers, body) }) { assertEquals("Refused: unauthorized", Users(SmileIdRelay(it)).deactivate("user-42")) }
        val nowhere = serving({ _, _, _ -> null }) { it }
        assertEquals("No connection. Nothing was sent.", Users(SmileIdRelay(nowhere)).deactivate("user-42"))
        assertEquals("No connection. Nothing was sent.", Users(SmileIdRelay("/api/smile")).deactivate("user-42"))
        fault("drop_after")
        assertEquals("No answer. It may have happened: look the user up.", Users(smile).deactivate("user-42"))
    }

    @Test
    fun `the route takes JSON from the bank's page and from apps`() {
        val body = """{"action":"smile_id.enrollee_info","user_id":"user-42"}""".toByteArray()
        fun status(type: String, origin: String?, method: String = "POST") =
            smileRoute(smile, Session("operator", "o@bank.example"), method, mapOf("content-type" to listOf(type)) + listOfNotNull(origin?.let { "ORIGIN" to listOf(it) }), body)?.status
        assertEquals(listOf(200, 200, 200), listOf(null, "https://app.bank.example").map { status("application/json", it) } + status("Application/JSON ; charset=utf-8", null))
        assertEquals(listOf(403, 403, 415, 405), listOf(status("application/json", "https://other.example"), status("application/json", "null"), status("text/plain", null), status("application/json", null, "GET")))
    }

    @Test
    fun `a lost answer is looked up, not sent again`() {
        assertEquals(Confirmation.IN_EFFECT, deactivate(smile, "user-42"))
        for (name in listOf("drop_after", "empty")) {
            fault(name)
            assertEquals(Confirmation.IN_EFFECT, deactivate(smile, "user-42"), name)
        }
        assertThrows(ApiException::class.java) { deactivate(smile, "nobody") }
    }

    @Test
    fun `a genuine webhook counts once, any other is refused`() {
        val verifier = Verifier("085", listOf(SANDBOX_KEY))
        val time = Instant.now().toString().take(23) + "Z"
        fun headers(key: String) = mapOf("Response-Timestamp" to listOf(time), "Response-Signature" to listOf(signature(key, time, "085")), "User-ID" to listOf("user-42"))
        val stored = HashMap<String, String?>()
        fun deliver(key: String) = webhook(verifier, headers(key), "{}".toByteArray()) { stored[it.deliveryKey] = it.userId }
        assertEquals(listOf(200, 200, 401), listOf(SANDBOX_KEY, SANDBOX_KEY, "another-key").map(::deliver))
        assertEquals(listOf<String?>("user-42"), stored.values.toList())
    }

    @Test
    fun `a form is checked while one types, then signed up`() {
        val unifyia = Unifyia(UnifyiaOptions(sandbox.url))
        val form = SignUpForm(unifyia)
        val errors = form.errors(mapOf("email" to "nobody", "groupId" to "admins"))
        assertEquals(setOf("name", "email", "groupId"), errors.keys)
        assertEquals("must be an e-mail address", errors["email"])
        assertEquals("name is required", form.submit(emptyMap()))
        serving({ _, _, body ->
            try {
                Relay.answer(send(signUpCall(unifyia, body)))
            } catch (error: EnrollkitException) {
                Relay.answer(error)
            }
        }) { url -> assertEquals("Welcome!", SignUpForm(UnifyiaRelay(url)).submit(mapOf("name" to "jane"))) }
        val seen = sandbox.control("GET", "/sign_ups")
        assertTrue("userStatus" in seen, seen)
        val other = """{"action":"unifyia.sign_up","user":{"name":"j","organisationName":"Other","userAppearance":{},"userAttribute":{},"userAddress":{},"userBiometrics":[],"userIDProofDocuments":{},"userEnrollmentHistoryList":[]}}"""
        assertThrows(IllegalArgumentException::class.java) { signUpCall(unifyia, other.toByteArray()) }
        assertThrows(InvalidInputException::class.java) { signUpCall(unifyia, other.replace("\"name\"", "\"userStatus\":\"Admin\",\"name\"").toByteArray()) }
    }

    @Test
    fun `an intent goes through a queue, and what has no method through raw`() {
        val queue = ArrayDeque<String>()
        enqueue(queue, Intent.reactivate("user-42"))
        val done = work(queue, smile)
        assertEquals(Acknowledgement.STATED, (Outcome.fromJson(done) as Acknowledged).acknowledgement)
        assertEquals("https://id.bank.example/organizations/Acme%20Bank/users?page=1&sort=name", secondPage(Unifyia(UnifyiaOptions("https://id.bank.example")), "Acme Bank").url)
        assertTrue(smileInCompose(SANDBOX_KEY).reEnroll("u").url.startsWith("http://sandbox:8085/"))
        val refused = assertThrows(InvalidInputException::class.java) { smileOf(SANDBOX_KEY, "http://sandbox:8085") }
        assertTrue("allowHttp" in refused.violations.single().message, "$refused")
    }

    private fun linesPrintedBy(work: () -> Unit): List<String> {
        val (out, before) = ByteArrayOutputStream() to System.out
        System.setOut(PrintStream(out, true))
        try {
            work()
        } finally {
            System.setOut(before)
        }
        return out.toString().trim().lines()
    }

    @Test
    fun `what the comments say is printed`() {
        assertEquals(listOf("[confirm must be the same as user_id]", "true"), linesPrintedBy(::errors))
        assertEquals(listOf("9007199254740993"), linesPrintedBy(::digits))
    }
}
