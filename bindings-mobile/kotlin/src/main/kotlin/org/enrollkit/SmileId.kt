package org.enrollkit

import org.enrollkit.jni.CoreCall
import org.enrollkit.jni.CoreSmileId
import org.enrollkit.jni.coreCheckRelayUrl
import org.enrollkit.jni.coreRelaySmileId
import java.time.Instant

/**
 * Smile ID's user management: re-enroll, deactivate, flag, delete, look up.
 *
 * An app takes [relay], which holds nothing. A server takes the constructor with an API key. Every method is safe to call from
 * any thread. A client with credentials holds a little native memory, which [close] wipes; without it, that happens some time
 * after the last use.
 */
public class SmileId private constructor(private val core: CoreSmileId?, private val relay: String?) : AutoCloseable {
    /**
     * A client with an API key. **For servers and scripts only, never in an app:** whoever has the key can delete every user, and
     * whoever has the app has what is in it.
     *
     * @throws InvalidInputException with everything that is wrong with the options and the key
     */
    public constructor(options: SmileIdOptions, apiKey: String) :
        this(options.collected().secret("api_key", apiKey).build { CoreSmileId(it, apiKey) }, null)

    /**
     * The same client for another operator.
     *
     * @throws InvalidInputException when [email] is no e-mail address, and always through a relay, which knows its own
     */
    public fun withOperator(email: String): SmileId {
        val core = direct("operator")
        val text = unicode("operator", email)
        return SmileId(attempt { core.withOperator(text) }, null)
    }

    /** The call of any intent; Unifyia's are refused. Every method below is shorthand for this. */
    @JvmOverloads
    public fun call(intent: Intent, now: Instant = Instant.now()): Call<Outcome> = built(intent.toJson(), now)

    /** The call of an intent's JSON text. */
    @JvmOverloads
    public fun call(intentJson: String, now: Instant = Instant.now()): Call<Outcome> = built(unicode("", intentJson), now)

    /** Lets a user submit one more enrollment job under the same id. */
    @JvmOverloads
    public fun reEnroll(userId: String, now: Instant = Instant.now()): Call<Acknowledged> =
        about(Action.SMILE_ID_RE_ENROLL, userId, now)

    /** Keeps a user from running jobs, until reactivated. */
    @JvmOverloads
    public fun deactivate(userId: String, now: Instant = Instant.now()): Call<Acknowledged> =
        about(Action.SMILE_ID_DEACTIVATE, userId, now)

    /** Undoes a deactivation. */
    @JvmOverloads
    public fun reactivate(userId: String, now: Instant = Instant.now()): Call<Acknowledged> =
        about(Action.SMILE_ID_REACTIVATE, userId, now)

    /** Marks a user as fraudulent: jobs still run and collect data, all are marked failed. */
    @JvmOverloads
    public fun flagFraud(userId: String, now: Instant = Instant.now()): Call<Acknowledged> =
        about(Action.SMILE_ID_FLAG_FRAUD, userId, now)

    /** Takes the fraud mark away. */
    @JvmOverloads
    public fun clearFraud(userId: String, now: Instant = Instant.now()): Call<Acknowledged> =
        about(Action.SMILE_ID_CLEAR_FRAUD, userId, now)

    /** Deletes a user for ever; the id can never be used again. [confirm] must repeat the user id exactly. */
    @JvmOverloads
    public fun deletePermanently(userId: String, confirm: String, now: Instant = Instant.now()): Call<Acknowledged> =
        built(deletionText(userId, confirm), now)

    /** Looks a user up. The answer holds heavy personal data. */
    @JvmOverloads
    public fun enrolleeInfo(userId: String, now: Instant = Instant.now()): Call<EnrolleeInfo> =
        about(Action.SMILE_ID_ENROLLEE_INFO, userId, now)

    /** A signed pair for another of your own back ends. */
    @JvmOverloads
    public fun sign(now: Instant = Instant.now()): SignedPair {
        val core = direct("sign")
        return SignedPair(attempt { core.sign(millisOf(now)) })
    }

    /** An authenticated call for what has no method. */
    @JvmOverloads
    public fun raw(request: SmileIdRawRequest, now: Instant = Instant.now()): Call<RawReply> {
        val core = direct("raw")
        return withJson(request.toJson(), DEPTH_AROUND) { rawCall(core, it, now) }
    }

    /** As [raw], of a request's JSON text, whose body is sent to the last digit. */
    @JvmOverloads
    public fun raw(requestJson: String, now: Instant = Instant.now()): Call<RawReply> =
        rawCall(direct("raw"), unicode("", requestJson), now)

    /** Wipes the credentials now. A client that is closed can't be used; a relay's has nothing to close. */
    override fun close() {
        core?.close()
    }

    /** Shows no credentials. */
    override fun toString(): String = if (relay == null) "SmileId(…)" else "SmileId(relay $relay)"

    private fun rawCall(core: CoreSmileId, request: String, now: Instant) =
        Call<RawReply>(attempt { core.raw(request, millisOf(now)) })

    private fun <T : Outcome> built(intent: String, now: Instant): Call<T> {
        val call: CoreCall =
            attempt { core?.call(intent, millisOf(now)) ?: coreRelaySmileId(checkNotNull(relay), intent) }
        return Call(call)
    }

    private fun <T : Outcome> about(action: Action, userId: String, now: Instant): Call<T> {
        if (core == null) return built(aboutText(action, userId), now)
        val user = unicode("user_id", userId)
        return Call(attempt { core.callAbout(action.slug, user, millisOf(now)) })
    }

    private fun direct(path: String): CoreSmileId =
        core ?: throw invalid(Finding(path, ViolationCode.NOT_THROUGH_RELAY))

    public companion object {
        /**
         * For apps: no credentials. Each call brings the intent to your own back end at [url], which applies its policy, signs and
         * sends; the answer is read as if it came from the service.
         *
         * @throws InvalidInputException when [url] is no `https` address
         */
        @JvmStatic
        public fun relay(url: String): SmileId {
            val text = unicode("url", url)
            attempt { coreCheckRelayUrl(text) }
            return SmileId(null, text)
        }

        /**
         * A client with a pair that another of your back ends made with [sign], as its JSON text. It counts from [receivedAt].
         *
         * @throws InvalidInputException with everything that is wrong with the options and the pair
         */
        @JvmStatic
        @JvmOverloads
        public fun withPair(options: SmileIdOptions, pairJson: String, receivedAt: Instant = Instant.now()): SmileId =
            SmileId(
                options.collected().secret("pair", pairJson).build { CoreSmileId.fromPair(it, pairJson, millisOf(receivedAt)) },
                null,
            )

        /**
         * As the constructor, with options as JSON text, such as a configuration file's: the keys are `partner_id`, `environment`,
         * `operator`, `base_url` and `allow_http` in every language.
         */
        @JvmStatic
        public fun fromJson(optionsJson: String, apiKey: String): SmileId {
            val options = unicode("", optionsJson)
            val key = unicode("api_key", apiKey)
            return SmileId(attempt { CoreSmileId(options, key) }, null)
        }

        /** As [withPair], with options as JSON text. */
        @JvmStatic
        @JvmOverloads
        public fun fromJsonWithPair(optionsJson: String, pairJson: String, receivedAt: Instant = Instant.now()): SmileId {
            val options = unicode("", optionsJson)
            val pair = unicode("pair", pairJson)
            return SmileId(attempt { CoreSmileId.fromPair(options, pair, millisOf(receivedAt)) }, null)
        }
    }
}
