import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** Built in, public, worthless elsewhere. */
const val SANDBOX_KEY = "not-a-secret-sandbox-key-0000000000000001"

/** The program that `ENROLLKIT_SANDBOX` names, with a user. It ends when it is closed, or when this process does. */
class Sandbox : AutoCloseable {
    private val process =
        ProcessBuilder(checkNotNull(System.getenv("ENROLLKIT_SANDBOX")) { "ENROLLKIT_SANDBOX names no sandbox" }, "--ready-json", "--stop-with-stdin", "--user", "user-42")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
    val url = Json.parseToJsonElement(process.inputStream.bufferedReader().readLine()).jsonObject.getValue("url").jsonPrimitive.content

    override fun close() = process.outputStream.close()
}
