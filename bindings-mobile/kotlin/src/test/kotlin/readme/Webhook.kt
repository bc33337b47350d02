import org.enrollkit.SignatureRefusedException
import org.enrollkit.Verifier

/** The status to answer with, within 35 seconds. `body` is the bytes as they came. */
fun webhook(
    verifier: Verifier, // Verifier("085", listOf(apiKey))
    headers: Map<String, List<String>>,
    body: ByteArray,
    isNew: (String) -> Boolean,
    lookUp: (String?) -> Unit,
): Int {
    val message =
        try {
            verifier.webhook(headers, body)
        } catch (error: SignatureRefusedException) {
            System.err.println("webhook refused: ${error.reason.slug}")
            return 401
        }
    // The sender knew a fresh signature. Body and ids are NOT authenticated: act on what a look-up confirms.
    if (isNew(message.deliveryKey)) lookUp(message.userId)
    return 200
}
