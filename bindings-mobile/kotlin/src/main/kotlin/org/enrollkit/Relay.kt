package org.enrollkit

import org.enrollkit.ffi.CoreAnswer
import org.enrollkit.ffi.coreRefusedByPolicy
import org.enrollkit.ffi.coreRelayAnswer

/** What your own back end answers to an app's [SmileId.relay] and [Unifyia.relay]. */
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

    /** The answer for an error. */
    @JvmStatic
    public fun answer(error: EnrollkitException): RelayAnswer =
        RelayAnswer(attempt { coreRelayAnswer(null, error.toJson(), false) })

    /** The error for a policy's "no". Nothing was sent. */
    @JvmStatic
    public fun refused(intent: Intent): ApiException = refused(intent.action)

    /** The error for a policy's "no" to an action. */
    @JvmStatic
    public fun refused(action: Action): ApiException = coreRefusedByPolicy(action.slug).toException() as ApiException
}

/** A relay's answer. Send it as `application/json`, with `Cache-Control: no-store`. */
public class RelayAnswer internal constructor(core: CoreAnswer) {
    /** The HTTP status. */
    public val status: Int = core.status

    /** The body. */
    public val body: String = core.body

    /** The status only. */
    override fun toString(): String = "RelayAnswer($status)"
}
