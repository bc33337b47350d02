import jakarta.servlet.http.HttpServletRequest
import java.io.InputStream
import org.enrollkit.SmileId
import org.enrollkit.Verified
import org.enrollkit.Verifier
import org.springframework.http.CacheControl
import org.springframework.http.HttpStatus
import org.springframework.http.MediaType
import org.springframework.http.ResponseEntity
import org.springframework.util.MultiValueMap
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RequestHeader
import org.springframework.web.bind.annotation.RequestMapping
import org.springframework.web.bind.annotation.RestController
import org.springframework.web.server.ResponseStatusException

/** Your log-in: null for nobody. */
fun interface Sessions {
    fun of(request: HttpServletRequest): Session?
}

/** Your database. */
fun interface Deliveries {
    fun store(message: Verified)
}

@RestController
class Enrollment(
    private val smile: SmileId, // both are beans of yours, made once
    private val verifier: Verifier,
    private val sessions: Sessions,
    private val deliveries: Deliveries,
) {
    @RequestMapping("/api/smile") // every method: the checks have the answer to what is no POST
    fun relay(
        request: HttpServletRequest,
        @RequestHeader headers: MultiValueMap<String, String>,
        body: InputStream,
    ): ResponseEntity<String> {
        val answer = smileRoute(smile, sessions.of(request), request.method, headers, bytesOf(body))
        val status = answer?.status ?: HttpStatus.UNAUTHORIZED.value()
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON).cacheControl(CacheControl.noStore()).body(answer?.body)
    }

    @PostMapping("/webhook")
    fun webhook(@RequestHeader headers: MultiValueMap<String, String>, body: InputStream): ResponseEntity<Unit> =
        ResponseEntity.status(webhook(verifier, headers, bytesOf(body), deliveries::store)).build()

    /** A webhook has up to 1.5 MB. */
    private fun bytesOf(body: InputStream): ByteArray {
        val limit = 2 * 1024 * 1024
        val bytes = body.readNBytes(limit + 1)
        if (bytes.size > limit) throw ResponseStatusException(HttpStatus.valueOf(413))
        return bytes
    }
}
