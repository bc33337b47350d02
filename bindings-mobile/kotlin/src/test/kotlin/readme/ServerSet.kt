import org.enrollkit.Call
import org.enrollkit.Intent
import org.enrollkit.Outcome
import org.enrollkit.SignUpRules
import org.enrollkit.Unifyia

fun signUpCall(unifyia: Unifyia, body: ByteArray): Call<Outcome> {
    val form = Intent.parse(body, SignUpRules(selfService = true)) // throws what a form must not set
    require(form.user?.get("organisationName")?.toString() == "\"Acme Bank\"") { "not this form" }
    return unifyia.call(form.withUserFields("""{"userStatus":"Active"}""")) // what was typed stays, to the last digit
}
