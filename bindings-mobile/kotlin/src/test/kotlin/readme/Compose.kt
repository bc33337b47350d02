import org.enrollkit.Environment
import org.enrollkit.SmileId
import org.enrollkit.SmileIdOptions

/** The sandbox by the name that Docker Compose gives it: plain `http` to another machine must be allowed. */
fun smileInCompose(apiKey: String): SmileId {
    val options = SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example", baseUrl = "http://sandbox:8085", allowHttp = true)
    return SmileId(options, apiKey)
}
