// Its functions are internal: Java does not see them.
@file:JvmSynthetic

package org.enrollkit

import kotlinx.serialization.json.JsonObject

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

/** Gives [use] the user's JSON text, and the path's organization: what is wrong with either is one list. */
internal fun <T> withSignUp(user: JsonObject, organization: String?, use: (String, String?) -> T): T {
    val path = organization?.let { unicode("organization", it) }
    return withJson(user) { use(it, path) }
}

/** As above, of the user's JSON text. */
internal fun <T> withSignUp(user: String, organization: String?, use: (String, String?) -> T): T =
    use(unicode("", user), organization?.let { unicode("organization", it) })
