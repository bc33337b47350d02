package org.enrollkit.jni

/**
 * The library's functions; see `bindings-mobile/jni`. Nothing but [Doors] calls them, after [Library] has loaded it: a class that
 * loads it as it is initialized would fail with an `Error`, and another one at each later call.
 */
internal object Native {
    @JvmStatic
    external fun enter(door: Int, owner: Any?, handle: Long, now: Long, fields: ByteArray, body: ByteArray?): ByteArray?

    @JvmStatic
    external fun release(handle: Long)
}
