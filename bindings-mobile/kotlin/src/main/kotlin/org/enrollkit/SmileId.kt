package org.enrollkit

import org.enrollkit.jni.CoreCall
import org.enrollkit.jni.CoreSmileId
import java.time.Instant

/**
 * Smile ID's user management, for a server: re-enroll, deactivate, flag, delete, look up. An app has [SmileIdRelay].
 *
 * Every method is safe to call from any thread. A client holds a little native memory, which [close] wipes; without it, that
 * happens some time after the last use.
 */
public class SmileId private constructor(private val core: CoreSmileId) : SmileIdActions(), AutoCloseable {
    /**
     * A client with an API key. **For servers and scripts only, never in an app:** whoever has the key can delete every user, and
     * whoever has the app has what is in it.
     *
     * @throws InvalidInputException with everything that is wrong with the options and the key
     */
    public constructor(options: SmileIdOptions, apiKey: String) :
        this(options.toWire().secret("api_key", apiKey).use { CoreSmileId(it, apiKey) })

    /**
     * The same client for another operator.
     *
     * @throws InvalidInputException when [email] is no e-mail address
     */
    public fun withOperator(email: String): SmileId {
        val text = unicode("operator", email)
        return SmileId(attempt { core.withOperator(text) })
    }

    /** A signed pair for another of your own back ends. */
    @JvmOverloads
    public fun sign(now: Instant = Instant.now()): SignedPair = SignedPair(attempt { core.sign(millisOf(now)) })

    /** An authenticated call for what has no method. */
    @JvmOverloads
    public fun raw(request: SmileIdRawRequest, now: Instant = Instant.now()): Call<RawReply> =
        withJson(request.toJson(), DEPTH_AROUND) { rawCall(it, now) }

    /** As [raw], of a request's JSON text, whose body is sent to the last digit. */
    @JvmOverloads
    public fun raw(requestJson: String, now: Instant = Instant.now()): Call<RawReply> = rawCall(unicode("", requestJson), now)

    private fun rawCall(request: String, now: Instant) = Call<RawReply>(attempt { core.raw(request, millisOf(now)) })

    @JvmSynthetic
    override fun intentCall(intentJson: String, now: Instant): CoreCall = attempt { core.call(intentJson, millisOf(now)) }

    @JvmSynthetic
    override fun aboutCall(action: Action, userId: String, now: Instant): CoreCall {
        val user = unicode("user_id", userId)
        return attempt { core.callAbout(action.slug, user, millisOf(now)) }
    }

    /** Wipes the credentials now. A client that is closed can't be used. */
    override fun close() {
        core.close()
    }

    /** Shows no credentials. */
    override fun toString(): String = "SmileId(…)"

    public companion object {
        /**
         * A client with a pair that another of your back ends made with [sign], as its JSON text. It counts from [receivedAt].
         *
         * @throws InvalidInputException with everything that is wrong with the options and the pair
         */
        @JvmStatic
        @JvmOverloads
        public fun withPair(options: SmileIdOptions, pairJson: String, receivedAt: Instant = Instant.now()): SmileId {
            val wire = options.toWire().secret("pair", pairJson)
            return SmileId(wire.use { CoreSmileId.fromPair(it, pairJson, millisOf(receivedAt)) })
        }

        /** As the constructor, with options as JSON text, such as a configuration file's: its keys are the same in every language. */
        @JvmStatic
        public fun fromJson(optionsJson: String, apiKey: String): SmileId {
            val options = unicode("", optionsJson)
            val key = unicode("api_key", apiKey)
            return SmileId(attempt { CoreSmileId(options, key) })
        }

        /** As [withPair], with options as JSON text. */
        @JvmStatic
        @JvmOverloads
        public fun fromJsonWithPair(optionsJson: String, pairJson: String, receivedAt: Instant = Instant.now()): SmileId {
            val options = unicode("", optionsJson)
            val pair = unicode("pair", pairJson)
            return SmileId(attempt { CoreSmileId.fromPair(options, pair, millisOf(receivedAt)) })
        }
    }
}
