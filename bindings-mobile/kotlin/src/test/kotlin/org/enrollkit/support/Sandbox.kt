package org.enrollkit.support

import kotlinx.serialization.json.jsonObject
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** Built in, public, worthless elsewhere. */
const val SANDBOX_KEY = "not-a-secret-sandbox-key-0000000000000001"
const val PRODUCTION_KEY = "not-a-secret-production-key-00000000000002"

/** A sandbox of a test's own: the program that `ENROLLKIT_SANDBOX` names. It ends when it is closed, or when this process does. */
class Sandbox(flags: List<String> = emptyList()) : AutoCloseable {
    private val process: Process
    val url: String
    private val token: String

    init {
        val program = System.getenv("ENROLLKIT_SANDBOX") ?: WORKSPACE.resolve("target/debug/enrollkit-sandbox").toString()
        process = ProcessBuilder(listOf(program, "--ready-json", "--stop-with-stdin") + flags).redirectError(ProcessBuilder.Redirect.DISCARD).start()
        val line = process.inputStream.bufferedReader().readLine() ?: error("the sandbox ended before it was ready: ${flags.joinToString(" ")}")
        val ready = json(line).jsonObject
        url = ready.required("url")
        token = ready.required("control_token")
    }

    /** A control request that must be understood; the answer's text. */
    fun control(method: String, path: String, order: String? = null): String {
        val body = order?.let(HttpRequest.BodyPublishers::ofString) ?: HttpRequest.BodyPublishers.noBody()
        val request = HttpRequest.newBuilder(URI("$url/control$path")).header("Authorization", "Bearer $token").method(method, body).build()
        val reply = CONTROL.send(request, HttpResponse.BodyHandlers.ofString())
        check(reply.statusCode() in 200..299) { "$method $path $order: ${reply.statusCode()} ${reply.body()}" }
        return reply.body()
    }

    override fun close() {
        process.outputStream.close()
        if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly()
    }

    private companion object {
        val CONTROL: HttpClient = HttpClient.newHttpClient()
    }
}

/** A file that holds a secret, for the flags that take one so. */
fun secretFile(secret: String): Path {
    val file = Files.createTempFile("enrollkit-test-", ".secret")
    file.toFile().deleteOnExit()
    Files.writeString(file, secret)
    return file
}
