package org.enrollkit.jni

import java.lang.ref.PhantomReference
import java.lang.ref.Reference
import java.lang.ref.ReferenceQueue
import java.security.PrivilegedAction
import java.util.concurrent.ConcurrentHashMap

/** A client or verifier of the core's, which holds its keys. Closing it wipes them, and so does the garbage collector. */
internal class Handle(answer: Unpacking) : AutoCloseable {
    val number: Long = answer.number()
    private val dropped = Dropped(this, number)

    init {
        Cleaner.watch(dropped)
    }

    override fun close() {
        Cleaner.forget(dropped)
        dropped.release()
    }
}

/** What is left of a handle that nobody has any more. */
private class Dropped(handle: Handle, private val number: Long) : PhantomReference<Handle>(handle, Cleaner.queue) {
    /** Calls that are running keep what they use; a number that is released already is nothing. */
    fun release() = Native.release(number)
}

/**
 * Releases what was dropped without being closed, as `java.lang.ref.Cleaner` does, which Android has from level 33 only. Its thread
 * ends when there is nothing to watch, so that an application server can let go of the classes.
 */
private object Cleaner {
    val queue = ReferenceQueue<Handle>()
    private val watched: MutableSet<Dropped> = ConcurrentHashMap.newKeySet()
    private var thread: Thread? = null

    fun watch(dropped: Dropped) {
        watched.add(dropped)
        start()
        // One thread can't keep up with many that make and drop: whoever makes one takes two away.
        take(queue.poll())
        take(queue.poll())
    }

    private fun take(dropped: Reference<out Handle>?) {
        if (dropped == null) return
        forget(dropped as Dropped)
        dropped.release()
    }

    fun forget(dropped: Dropped) {
        watched.remove(dropped)
    }

    @Synchronized
    private fun start() {
        if (thread == null) thread = newThread()
    }

    /** Privileged, so that the thread holds no class (and class loader) of whoever made the first client: before Java 24 it would. */
    @Suppress("DEPRECATION")
    private fun newThread(): Thread =
        java.security.AccessController.doPrivileged(
            PrivilegedAction {
                // Without what threads hand on to each other; Android has no such constructor in all its versions.
                val thread = if (isAndroid()) Thread(null, ::run, NAME) else Thread(null, ::run, NAME, 0, false)
                thread.apply {
                    isDaemon = true
                    contextClassLoader = null
                    start()
                }
            },
        )

    private fun run() {
        try {
            do {
                try {
                    take(queue.remove(LOOK_AROUND_MILLIS))
                } catch (_: InterruptedException) {
                    // Of a whole group of threads; what is watched is watched on.
                }
            } while (!ended())
        } finally {
            died()
        }
    }

    @Synchronized
    private fun ended(): Boolean {
        if (watched.isNotEmpty()) return false
        thread = null
        return true
    }

    /** Without memory, say: the next client starts another one. */
    @Synchronized
    private fun died() {
        if (thread === Thread.currentThread()) thread = null
    }

    private const val NAME = "enrollkit-cleaner"
    private const val LOOK_AROUND_MILLIS = 10_000L
}
