import org.enrollkit.Acknowledgement
import org.enrollkit.Action
import org.enrollkit.Confirmation
import org.enrollkit.EnrollkitException
import org.enrollkit.Environment
import org.enrollkit.SmileId
import org.enrollkit.SmileIdOptions
import org.enrollkit.confirmedBy

/** Text, leading zeros included; PRODUCTION has a key of its own. `baseUrl` is for a gateway, a proxy or a stand-in. */
fun smileOf(apiKey: String, baseUrl: String? = null): SmileId =
    SmileId(SmileIdOptions("085", Environment.SANDBOX, operator = "ops@bank.example", baseUrl = baseUrl), apiKey)

fun deactivate(smile: SmileId, userId: String): Confirmation {
    try {
        if (send(smile.deactivate(userId)).acknowledgement == Acknowledgement.STATED) return Confirmation.IN_EFFECT
    } catch (error: EnrollkitException) {
        if (!error.outcomeUnknown) throw error
    }
    // A lost or empty answer: never send it again blindly. Did it happen?
    return try {
        confirmedBy(Action.SMILE_ID_DEACTIVATE, send(smile.enrolleeInfo(userId)))
    } catch (error: EnrollkitException) {
        confirmedBy(Action.SMILE_ID_DEACTIVATE, error)
    }
}
