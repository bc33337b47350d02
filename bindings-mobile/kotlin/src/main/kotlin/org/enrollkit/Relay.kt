// Its functions are internal: Java does not see them.
@file:JvmSynthetic

package org.enrollkit

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.enrollkit.jni.CoreAnswer
import org.enrollkit.jni.coreCheckRelayUrl
import org.enrollkit.jni.coreRefusedByPolicy
import org.enrollkit.jni.coreRelayAnswer
import org.enrollkit.jni.coreRouteRefusal

/** What your own back end answers to an app's [SmileIdRelay] and [UnifyiaRelay]. */
public object Relay {
    /**
     * The answer for an outcome: without the service's raw body. Identity documents and the sign-up's answer are withheld unless
     * [details] is true.
     *
     * @throws IllegalArgumentException for the outcome of a raw call, which no relay makes
     */
    @JvmStatic
    @JvmOverloads
    public fun answer(outcome: Outcome, details: Boolean = false): RelayAnswer =
        RelayAnswer(attempt { coreRelayAnswer(outcome.toJson(), null, details) })

    /**
     * The answer for an error. What the service wrote is withheld unless [details] is true: it may repeat personal data, and is for
     * operators.
     */
    @JvmStatic
    @JvmOverloads
    public fun answer(error: EnrollkitException, details: Boolean = false): RelayAnswer =
        RelayAnswer(attempt { coreRelayAnswer(null, error.wholeJson(), details) })

    /**
     * The answer for a request that a relay's route must not read; null: go on with session, intent and policy.
     *
     * 405 is for another method than POST, 415 for another content type than `application/json` (parameters may follow), 403 for a
     * page of another origin, which would act with the session of whoever looks at it.
     *
     * @param headers names with their values, in any case of letters
     * @param origins your own pages', as browsers send them: `https://app.bank.example`
     * @param allowNoOrigin lets callers in that send no `Origin`: apps and servers. What they may do must not rest on a cookie
     * @throws InvalidInputException when one of [origins] is none, or when nobody could call the route
     */
    @JvmStatic
    @JvmOverloads
    public fun routeRefusal(
        method: String,
        headers: Map<out String?, List<String>>,
        origins: Collection<String>,
        allowNoOrigin: Boolean = false,
    ): RelayAnswer? {
        val rules = JsonObject(mapOf("origins" to JsonArray(origins.map(::JsonPrimitive)), "allow_no_origin" to JsonPrimitive(allowNoOrigin)))
        return withJson(rules) { text -> attempt { coreRouteRefusal(text, wellFormed(method), headers) }?.let(::RelayAnswer) }
    }

    /** The error for a policy's "no". Nothing was sent. */
    @JvmStatic
    public fun refused(intent: Intent): ApiException = refused(intent.action)

    /** The error for a policy's "no" to an action. */
    @JvmStatic
    public fun refused(action: Action): ApiException = coreRefusedByPolicy(action.slug).toException() as ApiException
}

/** The address of a relay's route, which a relay is given when it is made. */
internal fun relayUrl(url: String): String = unicode("url", url).also { attempt { coreCheckRelayUrl(it) } }

/** A relay's answer. Send it as `application/json`, with `Cache-Control: no-store`. */
public class RelayAnswer internal constructor(core: CoreAnswer) {
    /** The HTTP status. */
    public val status: Int = core.status

    /** The body. */
    public val body: String = core.body

    /** The status only. */
    override fun toString(): String = "RelayAnswer($status)"
}
