package org.enrollkit

import kotlinx.serialization.json.JsonObject
import org.enrollkit.ffi.coreCheckUser

/** The wire form of intents that are one or two texts. */
internal fun aboutText(action: Action, userId: String): String =
    StringBuilder("{\"action\":\"").append(action.slug).append("\",\"user_id\":")
        .quoted(unicode("user_id", userId)).append('}').toString()

internal fun deletionText(userId: String, confirm: String): String {
    val wrong = listOf("user_id" to userId, "confirm" to confirm).filterNot { (_, text) -> isUnicode(text) }
    if (wrong.isNotEmpty()) throw invalid(wrong.map { (path, _) -> Finding(path, ViolationCode.NOT_UNICODE) })
    return StringBuilder("{\"action\":\"").append(Action.SMILE_ID_DELETE_PERMANENTLY.slug).append("\",\"user_id\":")
        .quoted(userId).append(",\"confirm\":").quoted(confirm).append('}').toString()
}

internal fun brandingText(organization: String): String =
    "{\"action\":\"${Action.UNIFYIA_BRANDING.slug}\",\"organization\":${quote(unicode("organization", organization))}}"

/** Gives [use] the wire form of a sign-up. Paths inside the user begin at the user, as in every other check of one. */
internal fun <T> withSignUp(user: JsonObject, organization: String?, use: (String) -> T): T {
    val path = organization?.let { unicode("organization", it) }
    return withJson(user) { use(signUpText(it, path)) }
}

/** As above, of the user's JSON text. A text that is not one value would bring members of its own into the intent. */
internal fun <T> withSignUp(user: String, organization: String?, use: (String) -> T): T {
    val path = organization?.let { unicode("organization", it) }
    val found = violationsOf(parsed(coreCheckUser(unicode("", user), false, true)))
    if (found.any { it.code == ViolationCode.BAD_JSON }) throw invalid(found)
    return use(signUpText(user, path))
}

private fun signUpText(user: String, organization: String?): String {
    val text = StringBuilder(user.length + 100)
    text.append("{\"action\":\"").append(Action.UNIFYIA_SIGN_UP.slug).append("\",\"user\":").append(user)
    if (organization != null) text.append(",\"organization\":").quoted(organization)
    return text.append('}').toString()
}
