@file:JvmName("Enrollkit")

package org.enrollkit

import kotlinx.serialization.json.JsonObject
import org.enrollkit.jni.coreCheckUser
import org.enrollkit.jni.coreConfirmedBy
import org.enrollkit.jni.coreParseTime
import org.enrollkit.jni.coreSignature
import java.time.Instant
import java.util.Collections

// <generated: numbers>
/** The largest response body that is read unless another limit is given, in bytes: 16 MiB. */
public const val MAX_RESPONSE_BYTES: Int = 16_777_216

/** How many levels deep arrays and objects may nest. */
public const val MAX_DEPTH: Int = 128

/** How old a received signature may be unless another window is given, in seconds. */
public const val DEFAULT_MAX_AGE_SECONDS: Int = 300

/** How far ahead of this machine's clock a received signature may be unless another window is given, in seconds. */
public const val DEFAULT_MAX_AHEAD_SECONDS: Int = 60
// </generated>

/** Where `status` and `enrollmentStatus` can stand; the literal words, spaces included. */
@JvmField
public val ENROLLMENT_STATUSES: List<String> =
    Collections.unmodifiableList(ArrayList<String>().also { for (status in EnrollmentStatus.entries) it.add(status.slug) })

/**
 * What is wrong with a user object; empty when it can be sent. Needs no client and no network.
 *
 * [organization] is the one that the sign-up's path names: the user's `organisationName` must not be another.
 */
@JvmOverloads
public fun checkUser(user: SignUpUser, rules: SignUpRules = SignUpRules(), organization: String? = null): List<Violation> =
    checkUser(user.toJson(), rules, organization)

/** As above, of an open object: a form that is half filled in, say. */
@JvmOverloads
public fun checkUser(user: JsonObject, rules: SignUpRules = SignUpRules(), organization: String? = null): List<Violation> {
    val walk = JsonWalk()
    val text = walk.write(user)
    return merged(walk.findings, violationsIn(text, rules, organization))
}

/** As above, of an object's JSON text. */
@JvmOverloads
public fun checkUser(userJson: String, rules: SignUpRules = SignUpRules(), organization: String? = null): List<Violation> {
    if (!isUnicode(userJson)) return invalidInput(Finding("", ViolationCode.NOT_UNICODE)).violations
    return violationsIn(userJson, rules, organization)
}

private fun violationsIn(text: String, rules: SignUpRules, organization: String?): List<Violation> {
    if (organization != null && !isUnicode(organization)) return invalidInput(Finding("organization", ViolationCode.NOT_UNICODE)).violations
    return violationsOf(coreCheckUser(text, rules.selfService, rules.allowExtraKeys, organization))
}

/**
 * Whether a change is in effect, by a look-up that was made after it: for an answer that was lost (`outcomeUnknown`) or
 * unstated.
 */
public fun confirmedBy(action: Action, lookUp: EnrolleeInfo): Confirmation =
    confirmation(attempt { coreConfirmedBy(action.slug, lookUp.toJson(), null) })

/** As above, by the error that the look-up ended with. Any other exception tells nothing. */
public fun confirmedBy(action: Action, error: Throwable): Confirmation =
    if (error is EnrollkitException) {
        confirmation(attempt { coreConfirmedBy(action.slug, null, error.toJson()) })
    } else {
        Confirmation.UNKNOWN
    }

private fun confirmation(slug: String) = Confirmation.ofSlug(slug) ?: Confirmation.UNKNOWN

/**
 * The time of a text such as `2026-11-22T10:00:00.000Z`, read as strictly as the core reads one.
 *
 * @throws InvalidInputException when it is none
 */
public fun parseTime(text: String): Instant {
    val time = unicode("timestamp", text)
    return Instant.ofEpochMilli(attempt { coreParseTime(time, "timestamp") })
}

/**
 * The low-level signature of any text, for talking to other implementations. The fields are not separated: (`…Z`, `12`) and
 * (`…Z1`, `2`) have the same signature.
 */
public fun signature(apiKey: String, timestamp: String, partnerId: String): String =
    coreSignature(unicode("apiKey", apiKey), unicode("timestamp", timestamp), unicode("partnerId", partnerId))
