import org.enrollkit.Action
import org.enrollkit.EnrollkitException
import org.enrollkit.Intent
import org.enrollkit.Relay
import org.enrollkit.RelayAnswer
import org.enrollkit.SmileId

class Session(val role: String, val email: String)

/** /api/smile, with the session that your framework found; null is its 401. */
fun smileRoute(
    smile: SmileId,
    session: Session?,
    method: String,
    headers: Map<String, List<String>>,
    body: ByteArray,
): RelayAnswer? {
    // A POST of JSON from a page of yours, or from an app, which has no `Origin`.
    val refusal = Relay.routeRefusal(method, headers, origins = listOf("https://app.bank.example"), allowNoOrigin = true)
    if (refusal != null) return refusal
    if (session == null) return null
    return try {
        val intent = Intent.parse(body) // what your policy sees is what gets signed
        val allowed = session.role == "operator" && intent.action != Action.SMILE_ID_DELETE_PERMANENTLY
        if (!allowed) throw Relay.refused(intent)
        smile.withOperator(session.email).use { operator ->
            Relay.answer(send(operator.call(intent))) // no identity documents, unless you add details = true
        }
    } catch (error: EnrollkitException) {
        Relay.answer(error)
    }
}
