import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import java.net.InetSocketAddress
import org.enrollkit.Action
import org.enrollkit.EnrollkitException
import org.enrollkit.Environment
import org.enrollkit.Intent
import org.enrollkit.Outcome
import org.enrollkit.Relay
import org.enrollkit.RelayAnswer
import org.enrollkit.SignUpRules
import org.enrollkit.SmileId
import org.enrollkit.SmileIdOptions
import org.enrollkit.Unifyia
import org.enrollkit.UnifyiaOptions

/** The bank's back end, as small as can be: it holds the key, and allows two things. A real one knows who is logged in. */
class BackEnd(service: String, apiKey: String) : AutoCloseable {
    private val smile = SmileId(SmileIdOptions("085", Environment.SANDBOX, "desk@bank.example", service), apiKey)
    private val unifyia = Unifyia(UnifyiaOptions(service))
    private val server = HttpServer.create(InetSocketAddress("127.0.0.1", 0), 0)
    val url = "http://127.0.0.1:${server.address.port}/api"

    init {
        server.createContext("/api/smile") { answer(it, ::relaySmile) }
        server.createContext("/api/unifyia") { answer(it, ::relayUnifyia) }
        server.start()
    }

    private fun relaySmile(body: ByteArray): Outcome {
        val intent = Intent.parse(body)
        if (intent.action != Action.SMILE_ID_RE_ENROLL) throw Relay.refused(intent)
        return send(smile.call(intent))
    }

    private fun relayUnifyia(body: ByteArray): Outcome {
        val intent = Intent.parse(body, SignUpRules(selfService = true))
        if (intent.action != Action.UNIFYIA_SIGN_UP) throw Relay.refused(intent)
        return send(unifyia.call(intent.withUserFields("""{"userStatus":"Active"}""")))
    }

    private fun answer(exchange: HttpExchange, relayed: (ByteArray) -> Outcome) {
        // The desk is an app, which has no `Origin`.
        val refusal = Relay.routeRefusal(exchange.requestMethod, exchange.requestHeaders, listOf("https://desk.bank.example"), allowNoOrigin = true)
        val answer: RelayAnswer =
            try {
                refusal ?: Relay.answer(relayed(exchange.requestBody.readAllBytes()))
            } catch (error: EnrollkitException) {
                Relay.answer(error)
            }
        val body = answer.body.toByteArray()
        exchange.responseHeaders["Content-Type"] = "application/json"
        exchange.responseHeaders["Cache-Control"] = "no-store"
        exchange.sendResponseHeaders(answer.status, body.size.toLong())
        exchange.responseBody.use { it.write(body) }
    }

    override fun close() = server.stop(0)
}
