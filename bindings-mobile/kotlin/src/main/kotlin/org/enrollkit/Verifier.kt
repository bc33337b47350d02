package org.enrollkit

import kotlinx.serialization.json.JsonElement
import org.enrollkit.jni.CoreVerified
import org.enrollkit.jni.CoreVerifier
import java.time.Instant

/**
 * Verifies what Smile ID sends: callbacks (signature in the body) and webhooks (signature in headers). For servers.
 *
 * Safe to use from any thread; [close] wipes the keys.
 */
public class Verifier private constructor(private val core: CoreVerifier) : AutoCloseable {
    /**
     * @param partnerId digits as issued, leading zeros included
     * @param keys the API key, or several while keys are rotated
     * @param maxAgeSeconds how old a signature may be; [DEFAULT_MAX_AGE_SECONDS] is an assumption
     * @param maxAheadSeconds how far ahead of this machine's clock it may be;
     *   [DEFAULT_MAX_AHEAD_SECONDS] is an assumption
     * @param partnerIdWithoutZeros takes a signature over the partner id without its leading zeros, too; [Verified.partnerIdForm]
     *   says which it was. That the service signs so is an assumption
     * @throws InvalidInputException with everything that is wrong
     */
    @JvmOverloads
    public constructor(
        partnerId: String,
        keys: List<String>,
        maxAgeSeconds: Double = DEFAULT_MAX_AGE_SECONDS.toDouble(),
        maxAheadSeconds: Double = DEFAULT_MAX_AHEAD_SECONDS.toDouble(),
        partnerIdWithoutZeros: Boolean = false,
    ) : this(
        WireOptions()
            .text("partner_id", partnerId)
            .seconds("max_age_seconds", maxAgeSeconds)
            .seconds("max_ahead_seconds", maxAheadSeconds)
            .flag("partner_id_without_zeros", partnerIdWithoutZeros)
            .secrets("keys", keys)
            .use { CoreVerifier(it, keys) },
    )

    /**
     * Verifies a callback.
     *
     * @throws SignatureRefusedException when it is not to be trusted
     */
    @JvmOverloads
    public fun callback(body: ByteArray, now: Instant = Instant.now()): Verified =
        Verified(attempt { core.callback(body, millisOf(now)) })

    /**
     * Verifies a webhook by its headers, names with their values.
     *
     * @throws SignatureRefusedException when it is not to be trusted
     */
    @JvmOverloads
    public fun webhook(
        headers: Map<out String?, List<String>>,
        body: ByteArray,
        now: Instant = Instant.now(),
    ): Verified = Verified(attempt { core.webhook(headers, body, millisOf(now)) })

    /** Why [callback] would refuse it; null for a valid one. */
    @JvmOverloads
    public fun callbackRefusal(body: ByteArray, now: Instant = Instant.now()): RefusalReason? = refusal { callback(body, now) }

    /** Why [webhook] would refuse it; null for a valid one. */
    @JvmOverloads
    public fun webhookRefusal(
        headers: Map<out String?, List<String>>,
        body: ByteArray,
        now: Instant = Instant.now(),
    ): RefusalReason? = refusal { webhook(headers, body, now) }

    /** Wipes the keys now. A verifier that is closed can't be used. */
    override fun close() {
        core.close()
    }

    /** Shows no key. */
    override fun toString(): String = "Verifier(…)"

    private companion object {
        inline fun refusal(verify: () -> Unit): RefusalReason? =
            try {
                verify()
                null
            } catch (refused: SignatureRefusedException) {
                refused.reason
            }
    }
}

/**
 * A message whose sender knew a fresh signature of ours. **Body, job id and user id are not authenticated**: act on what a
 * look-up confirms.
 */
public class Verified internal constructor(private val core: CoreVerified) {
    /** How old the signature is. */
    public val ageSeconds: Long get() = core.ageSeconds

    /** The job that the message names: the header's word, else the body's. */
    public val jobId: String? get() = core.jobId

    /** The user that the message names: the header's word, else the body's. */
    public val userId: String? get() = core.userId

    /** Whether two places of the message name different jobs or users. Only what a look-up shows counts. */
    public val idsDiffer: Boolean get() = core.idsDiffer

    /** The job's result as the message claims it: `0840`. Null when there is none, or two that differ. */
    public val resultCode: String? get() = core.resultCode

    /** In which form the partner id was signed. */
    public val partnerIdForm: PartnerIdForm = checkNotNull(PartnerIdForm.ofSlug(core.partnerIdForm))

    /** For finding redeliveries. */
    public val deliveryKey: String get() = core.deliveryKey

    /** SHA-256 of the signature, to be stored in its place. */
    public val pairKey: String get() = core.pairKey

    /** The body as JSON, every digit kept; null when it is not JSON. A callback's holds a live signature: do not log it. */
    public val json: JsonElement? by lazy { core.json?.let(::exactJson) }

    /** The age only. */
    override fun toString(): String = "Verified($ageSeconds s old)"
}
