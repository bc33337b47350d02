import org.enrollkit.EnrollkitException
import org.enrollkit.InvalidInputException
import org.enrollkit.SmileIdRelay

fun errors() {
    try {
        SmileIdRelay("https://app.bank.example/api/smile").deletePermanently("user-42", "user-4")
    } catch (error: InvalidInputException) {
        println(error.violations) // [confirm must be the same as user_id]
        val queued = error.toJson() // a plain form for logs, queues and workers …
        println(EnrollkitException.fromJson(queued) is InvalidInputException) // … and back: true
    }
}
