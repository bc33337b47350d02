// Its functions are internal: Java does not see them.
@file:JvmSynthetic

package org.enrollkit

/** The wire form of an intent whose keys are texts; one that is null is left out. What is wrong with any of them is one list. */
internal fun intentText(action: Action, vararg keys: Pair<String, String?>): String {
    val wrong = keys.filterNot { (_, text) -> text == null || isUnicode(text) }
    if (wrong.isNotEmpty()) throw invalidInput(wrong.map { (path, _) -> Finding(path, ViolationCode.NOT_UNICODE) })
    val out = StringBuilder("{\"action\":").quoted(action.slug)
    for ((key, text) in keys) {
        if (text != null) out.append(',').quoted(key).append(':').quoted(text)
    }
    return out.append('}').toString()
}
