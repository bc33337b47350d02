// Its functions are internal: Java does not see them.
@file:JvmSynthetic

package org.enrollkit

/** No lone surrogate: two different texts must never become one, and none of them crosses into the core. */
internal fun isUnicode(text: CharSequence): Boolean {
    var at = 0
    while (at < text.length) {
        val char = text[at++]
        if (!Character.isSurrogate(char)) continue
        if (!Character.isHighSurrogate(char) || at == text.length || !Character.isLowSurrogate(text[at++])) return false
    }
    return true
}

/** The same text, with U+FFFD in the place of what is not Unicode: for what is only read or shown. */
internal fun wellFormed(text: String): String {
    if (isUnicode(text)) return text
    val out = StringBuilder(text.length)
    var at = 0
    while (at < text.length) {
        val char = text[at++]
        if (!Character.isSurrogate(char)) {
            out.append(char)
        } else if (Character.isHighSurrogate(char) && at < text.length && Character.isLowSurrogate(text[at])) {
            out.append(char).append(text[at++])
        } else {
            out.append('\uFFFD')
        }
    }
    return out.toString()
}

/** The text itself, or a violation at [path]. */
internal fun unicode(path: String, text: String): String =
    if (isUnicode(text)) text else throw invalidInput(Finding(path, ViolationCode.NOT_UNICODE))

/** Appends a text as JSON, as the core writes one. */
internal fun StringBuilder.quoted(text: String): StringBuilder {
    append('"')
    for (char in text) {
        when {
            char == '"' -> append("\\\"")
            char == '\\' -> append("\\\\")
            char == '\n' -> append("\\n")
            char == '\r' -> append("\\r")
            char == '\t' -> append("\\t")
            char < ' ' -> append("\\u").append(char.code.toString(16).padStart(4, '0'))
            else -> append(char)
        }
    }
    return append('"')
}

internal fun quote(text: String): String = StringBuilder(text.length + 2).quoted(text).toString()
