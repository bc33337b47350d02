package org.enrollkit

import org.enrollkit.jni.CoreCall
import org.enrollkit.jni.coreNoResponse
import org.enrollkit.jni.coreRead
import java.util.Collections

/**
 * A request, and the reader of its answer. Any HTTP client can send it; [T] is what comes of it.
 *
 * It carries credentials: send it once, soon, without following redirects. It doesn't serialize. Queue intents, not calls.
 */
public class Call<out T : Outcome> internal constructor(core: CoreCall) {
    private val reader: ByteArray = core.reader
    private val shown: String = core.shown

    /** What the call does. */
    public val operation: Operation = checkNotNull(Operation.ofSlug(core.operation))

    /** The HTTP method. */
    public val method: String = core.method

    /** The address. */
    public val url: String = core.url

    /** The headers to set. */
    public val headers: Map<String, String> = core.headers

    /** The body, exactly as it must be sent, in UTF-8; null for a GET. */
    public val body: String? = core.body

    /**
     * Reads the answer. [headers] are names with their values, as most HTTP clients give them; they tell how long to wait and how
     * far the clocks differ. More than [maxBytes] is not read.
     *
     * @throws ApiException when the service said no
     * @throws UnreadableException when the answer can't be read
     */
    @JvmOverloads
    public fun read(
        status: Int,
        body: ByteArray,
        headers: Map<out String?, List<String>> = Collections.emptyMap(),
        maxBytes: Int = MAX_RESPONSE_BYTES,
    ): T {
        if (status !in 0..0xffff) {
            throw invalidInput(Finding("status", ViolationCode.OUT_OF_RANGE, "an HTTP status"))
        }
        val read = attempt { coreRead(reader, maxBytes.toLong(), status, headers, body) }
        // The core reads by the operation, and so does the type of the call.
        @Suppress("UNCHECKED_CAST")
        return outcomeOf(read) as T
    }

    /** As [read], of a body that is text. */
    @JvmOverloads
    public fun read(
        status: Int,
        body: String,
        headers: Map<out String?, List<String>> = Collections.emptyMap(),
        maxBytes: Int = MAX_RESPONSE_BYTES,
    ): T = read(status, wellFormed(body).toByteArray(), headers, maxBytes)

    /**
     * The exception for a call that got no answer: reset, timed out, interrupted. A change may have taken effect all the same, and
     * [NoResponseException.outcomeUnknown] says so.
     */
    @JvmOverloads
    public fun noResponse(cause: Throwable? = null): NoResponseException = noResponseException(false, cause)

    /**
     * The exception for a call of which nothing can have left this machine: nothing has happened. Only where that is certain; an
     * unanswered call is otherwise [noResponse], and [failed] tells the two apart.
     */
    @JvmOverloads
    public fun notSent(cause: Throwable? = null): NoResponseException = noResponseException(true, cause)

    /**
     * The exception for what an HTTP client threw: [notSent] where that can only mean that nothing has left (no such host, a refused
     * connection, a proxy's "no", the service's certificate refused, an address that the client can't ask), else [noResponse].
     *
     * It knows what `java.net.http`, OkHttp and Ktor throw. The client must send once: one that tries again by itself may throw the
     * second try's "refused" after the first one was sent, as `HttpURLConnection` does unless it streams.
     */
    public fun failed(thrown: Throwable): NoResponseException {
        // What an answer was read to is no failure to get one.
        if (thrown is EnrollkitException) throw thrown
        return noResponseException(isNotSent(thrown), thrown)
    }

    private fun noResponseException(notSent: Boolean, cause: Throwable?): NoResponseException {
        val error = coreNoResponse(operation.slug, notSent).toException() as NoResponseException
        if (cause != null) error.initCause(cause)
        return error
    }

    /** Operation, method and address; of a raw call the host only. */
    override fun toString(): String = shown
}
