import org.enrollkit.Acknowledgement
import org.enrollkit.ApiException
import org.enrollkit.EnrollkitException
import org.enrollkit.InvalidInputException
import org.enrollkit.NoResponseException
import org.enrollkit.SignUpRules
import org.enrollkit.SignatureRefusedException
import org.enrollkit.SmileIdRelay
import org.enrollkit.UnifyiaRelay
import org.enrollkit.UnreadableException
import org.enrollkit.checkUser

/** What a command ends with. */
object Exit {
    const val DONE = 0
    const val REFUSED = 1
    const val USAGE = 2

    /** It may have happened: look before doing anything again. */
    const val UNKNOWN = 3
}

private const val USAGE = """usage:
  sign-up FIELD=TEXT…     check the form, then sign the user up: name=jane email=jane@home.example
  check FIELD=TEXT…       check the form only; nothing is sent
  re-enroll USER_ID       let a user enroll once more
BACK_END is the address of the bank's back end"""

/** The app: its clients hold nothing but the address of the back end. */
class App(backEnd: String, private val say: (String) -> Unit) {
    private val unifyia = UnifyiaRelay("$backEnd/unifyia")
    private val smile = SmileIdRelay("$backEnd/smile")

    fun run(args: List<String>): Int {
        val rest = args.drop(1)
        val fields = fieldsOf(rest)
        return when {
            args.firstOrNull() == "check" && fields != null -> check(fields)
            args.firstOrNull() == "sign-up" && fields != null -> signUp(fields)
            args.firstOrNull() == "re-enroll" && rest.size == 1 -> ended("The user may enroll once more.") { send(smile.reEnroll(rest[0])).acknowledgement }
            else -> {
                say(USAGE)
                Exit.USAGE
            }
        }
    }

    private fun check(fields: Map<String, String>): Int {
        // The back end checks the same: this is to tell people while they type.
        val violations = checkUser(userOf(fields), SignUpRules(selfService = true))
        if (violations.isEmpty()) say("The form can be sent.")
        for (violation in violations) say("  ${violation.path} ${violation.message}")
        return if (violations.isEmpty()) Exit.DONE else Exit.REFUSED
    }

    private fun signUp(fields: Map<String, String>): Int {
        if (check(fields) != Exit.DONE) return Exit.REFUSED
        return ended("Welcome!") { send(unifyia.signUp(userOf(fields))).acknowledgement }
    }

    /** Says how it ended. */
    private fun ended(done: String, sent: () -> Acknowledgement): Int =
        try {
            if (sent() == Acknowledgement.STATED) {
                say(done)
                Exit.DONE
            } else {
                say("It was sent, but the answer does not say that it was done. Look the user up.")
                Exit.UNKNOWN
            }
        } catch (error: EnrollkitException) {
            say(explained(error))
            if (error.outcomeUnknown) Exit.UNKNOWN else Exit.REFUSED
        }

    private fun explained(error: EnrollkitException): String =
        when (error) {
            is InvalidInputException -> error.violations.joinToString("\n") { "  ${it.path} ${it.message}" }
            is ApiException -> (if (error.byRelay) "The bank refused: " else "The service refused: ") + error.kind.slug
            is NoResponseException ->
                if (error.notSent) "No connection. Nothing was sent." else "No answer. It may have happened: look the user up before you try again."
            is UnreadableException -> "The answer can't be read: ${error.reason.slug}."
            is SignatureRefusedException -> "Refused."
        }
}
