package org.enrollkit

import org.enrollkit.jni.CorePair

/**
 * A timestamp and its signature. Whoever holds one can do anything to any user until it is stale: for your own back ends only.
 */
public class SignedPair internal constructor(private val core: CorePair) {
    /** The partner that signed. */
    public val partnerId: String get() = core.partnerId

    /** The environment whose key signed. */
    public val environment: Environment = checkNotNull(Environment.ofSlug(core.environment))

    /** The time that was signed, as it is sent. */
    public val timestamp: String get() = core.timestamp

    /** The signature: a live credential. */
    public val signature: String get() = core.signature

    /** How many seconds after receipt the holder stops using it. */
    public val expiresIn: Long get() = core.expiresIn

    /** The JSON form, **signature included**: for the answer to your own other back end, over TLS. */
    public fun toJson(): String =
        StringBuilder("{\"partner_id\":").quoted(partnerId)
            .append(",\"environment\":").quoted(environment.slug)
            .append(",\"timestamp\":").quoted(timestamp)
            .append(",\"signature\":").quoted(signature)
            .append(",\"expires_in\":").append(expiresIn).append('}').toString()

    /** All but the signature. */
    override fun toString(): String = "SignedPair($partnerId, ${environment.slug}, $timestamp, …)"
}
