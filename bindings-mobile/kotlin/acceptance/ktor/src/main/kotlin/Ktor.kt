import io.ktor.http.ContentType
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpStatusCode
import io.ktor.server.application.Application
import io.ktor.server.application.ApplicationCall
import io.ktor.server.request.httpMethod
import io.ktor.server.request.receiveChannel
import io.ktor.server.response.header
import io.ktor.server.response.respond
import io.ktor.server.response.respondText
import io.ktor.server.routing.post
import io.ktor.server.routing.route
import io.ktor.server.routing.routing
import io.ktor.util.toMap
import io.ktor.utils.io.readRemaining
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import kotlinx.io.readByteArray
import org.enrollkit.SmileId
import org.enrollkit.Verified
import org.enrollkit.Verifier

/** The app's route and the webhook's. `session` is your log-in's, null for nobody; `store` is your database. */
fun Application.enrollment(smile: SmileId, verifier: Verifier, session: (ApplicationCall) -> Session?, store: (Verified) -> Unit) {
    routing {
        route("/api/smile") {
            handle { // every method: the checks have the answer to what is no POST
                val body = call.bytes() ?: return@handle call.respond(HttpStatusCode.PayloadTooLarge)
                val (method, headers) = call.request.httpMethod.value to call.request.headers.toMap()
                // It waits for the service.
                val answer = withContext(Dispatchers.IO) { smileRoute(smile, session(call), method, headers, body) }
                call.response.header(HttpHeaders.CacheControl, "no-store")
                if (answer == null) return@handle call.respond(HttpStatusCode.Unauthorized)
                call.respondText(answer.body, ContentType.Application.Json, HttpStatusCode.fromValue(answer.status))
            }
        }
        post("/webhook") {
            val body = call.bytes() ?: return@post call.respond(HttpStatusCode.PayloadTooLarge)
            val status = withContext(Dispatchers.IO) { webhook(verifier, call.request.headers.toMap(), body, store) }
            call.respond(HttpStatusCode.fromValue(status))
        }
    }
}

/** Null for more than 2 MiB; a webhook has up to 1.5 MB. */
private suspend fun ApplicationCall.bytes(): ByteArray? {
    val limit = 2 * 1024 * 1024
    return receiveChannel().readRemaining(limit + 1L).readByteArray().takeIf { it.size <= limit }
}
