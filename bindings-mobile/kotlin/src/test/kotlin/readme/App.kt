import org.enrollkit.Acknowledgement
import org.enrollkit.ApiException
import org.enrollkit.NoResponseException
import org.enrollkit.SmileIdActions

/** What a screen needs. In an app, `SmileIdRelay("https://app.bank.example/api/smile")`: a route of yours; it is below. */
class Users(private val smile: SmileIdActions) {
    fun deactivate(userId: String): String =
        try {
            val outcome = send(smile.deactivate(userId))
            if (outcome.acknowledgement == Acknowledgement.STATED) "Deactivated." else "Sent. Look the user up."
        } catch (error: NoResponseException) {
            if (error.notSent) "No connection. Nothing was sent." else "No answer. It may have happened: look the user up."
        } catch (error: ApiException) {
            "Refused: ${error.kind.slug}"
        }
}
