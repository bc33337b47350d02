import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject
import org.enrollkit.Acknowledgement
import org.enrollkit.InvalidInputException
import org.enrollkit.SignUpRules
import org.enrollkit.UnifyiaActions
import org.enrollkit.checkUser

class SignUpForm(private val unifyia: UnifyiaActions) { // UnifyiaRelay("https://app.bank.example/api/unifyia")
    private fun user(typed: Map<String, String>): JsonObject = buildJsonObject {
        typed.filterValues(String::isNotEmpty).forEach { (name, text) -> put(name, text) }
        put("organisationName", "Acme Bank")
        // What your organization's workflow asks for; these must be there.
        for (group in listOf("userAppearance", "userAttribute", "userAddress", "userIDProofDocuments")) putJsonObject(group) {}
        for (list in listOf("userBiometrics", "userEnrollmentHistoryList")) putJsonArray(list) {}
    }

    /** What to show beside each field while one types. */
    fun errors(typed: Map<String, String>): Map<String, String> =
        checkUser(user(typed), SignUpRules(selfService = true)).associate { it.path to it.message }

    fun submit(typed: Map<String, String>): String =
        try {
            val outcome = send(unifyia.signUp(user(typed)))
            if (outcome.acknowledgement == Acknowledgement.STATED) "Welcome!" else "Received."
        } catch (error: InvalidInputException) {
            error.violations.joinToString { "${it.path} ${it.message}" }
        }
}
