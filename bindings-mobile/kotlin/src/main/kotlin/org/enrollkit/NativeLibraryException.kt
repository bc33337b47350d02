package org.enrollkit

/**
 * The native library that does enrollkit's work can't be loaded: nothing was done. Every call fails so, in the same way each time;
 * it is the machine or the packaging that has to change.
 */
public class NativeLibraryException internal constructor(
    /** System and architecture: `linux-x86_64`. */
    public val platform: String,
    /** The file, or where it would be in the jar. */
    public val file: String,
    private val reason: String,
    /** What to do about it. */
    public val remedy: String,
    cause: Throwable? = null,
) : RuntimeException("enrollkit's native library can't be loaded on $platform: $file: $reason; $remedy", cause) {
    /** The same, where it is met again. */
    internal fun again(): NativeLibraryException = NativeLibraryException(platform, file, reason, remedy, this)

    private companion object {
        const val serialVersionUID = 1L
    }
}
