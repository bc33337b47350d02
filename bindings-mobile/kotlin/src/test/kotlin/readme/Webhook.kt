import org.enrollkit.SignatureRefusedException
import org.enrollkit.Verified
import org.enrollkit.Verifier

/** The status to answer with, within 35 seconds. `body` is the bytes as they came, up to 2 MiB of them. */
fun webhook(
    verifier: Verifier, // Verifier("085", listOf(apiKey))
    headers: Map<String, List<String>>,
    body: ByteArray,
    store: (Verified) -> Unit,
): Int {
    val message =
        try {
            verifier.webhook(headers, body)
        } catch (error: SignatureRefusedException) {
            System.err.println("webhook refused: ${error.reason.slug}")
            return 401
        }
    // The sender knew a fresh signature. Body and ids are NOT authenticated: act on what a look-up confirms.
    store(message) // to a disk, once for each `deliveryKey`; what fails here is a 500, and comes again
    return 200
}
