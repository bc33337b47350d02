// What runs in JVMs of its own.

package org.enrollkit.load

import org.enrollkit.Environment
import org.enrollkit.SmileId
import org.enrollkit.SmileIdOptions
import org.enrollkit.Unifyia
import org.enrollkit.UnifyiaOptions
import org.enrollkit.Verifier
import java.io.File
import java.lang.ref.WeakReference
import java.net.URL
import java.net.URLClassLoader
import java.util.concurrent.Callable
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicLong
import java.util.concurrent.atomic.AtomicReference
import kotlin.system.exitProcess

/** Calls in threads, in quarters, after one to warm up: until the rounds are made and the milliseconds over. */
internal object Busy {
    @JvmStatic
    fun main(args: Array<String>) {
        val (threads, rounds, millis) = args.map(String::toLong)
        Work().use { work ->
            quarter(work, threads.toInt(), rounds / 10, millis)
            for (number in 1..4) {
                val start = processorNanos()
                val (calls, longest) = quarter(work, threads.toInt(), rounds / 4, millis)
                val seconds = (processorNanos() - start) / 1e9
                println("calls$number $calls")
                println("rate$number ${(calls / seconds).toLong()}")
                println("longest$number ${longest / 1_000_000}")
                println("heap$number ${heap()}")
                println("process$number ${process()}")
            }
        }
    }

    private fun quarter(work: Work, threads: Int, rounds: Long, millis: Long): Pair<Long, Long> {
        val (done, longest) = AtomicLong() to AtomicLong()
        val end = System.nanoTime() + millis * 1_000_000
        inThreads(threads) {
            var slowest = 0L
            while (true) {
                val start = System.nanoTime()
                if (done.get() >= rounds && start >= end) break
                work.round(done.getAndIncrement())
                slowest = maxOf(slowest, System.nanoTime() - start)
            }
            longest.accumulateAndGet(slowest, ::maxOf)
        }
        return done.get() * Work.CALLS to longest.get()
    }
}

/** Clients and verifiers that are closed while others use them. */
internal object Closing {
    private class Things : AutoCloseable {
        val smile = Work.client()
        val verifier = Work.verifier()
        val unifyia = Unifyia(UnifyiaOptions("https://host.example"), "not-a-real-token")

        /** Each either works or says that it is closed. */
        val uses: List<() -> Unit> =
            listOf(
                { check("user-42" in checkNotNull(smile.reEnroll("user-42").body)) },
                { check(smile.sign().partnerId == "085") },
                { smile.withOperator("other@bank.example").use { check("other@" in checkNotNull(it.deactivate("u").body)) } },
                { check(verifier.webhook(Work.HEADERS, Work.BODY, Work.TIME).userId == "user-42") },
                { check(unifyia.branding("Acme Bank").url.startsWith("https://host.example/")) },
                { unifyia.withToken("another-token").use { check(it.branding("Acme").headers.isNotEmpty()) } },
            )

        override fun close() {
            for (thing in listOf(smile, verifier, unifyia)) thing.close()
        }
    }

    @JvmStatic
    fun main(args: Array<String>) {
        val current = AtomicReference(Things())
        val (worked, refused) = AtomicLong() to AtomicLong()
        val end = System.nanoTime() + args[0].toLong() * 1_000_000
        val closer = Thread {
            while (System.nanoTime() < end) {
                val old = current.getAndSet(Things())
                inThreads(2) { old.close() }
                old.close()
                check(old.uses.none { worked(it) }) { "a closed one worked" }
            }
        }
        var failed: Throwable? = null
        closer.setUncaughtExceptionHandler { _, error -> failed = error }
        closer.start()
        inThreads(8) {
            while (closer.isAlive) {
                val things = current.get()
                for (use in things.uses) (if (worked(use)) worked else refused).incrementAndGet()
            }
        }
        failed?.let { throw it }
        println("worked $worked")
        println("refused $refused")
    }

    private fun worked(use: () -> Unit): Boolean =
        try {
            use()
            true
        } catch (closed: IllegalStateException) {
            // A check that failed is one, too.
            if (closed.message != "it is closed") throw AssertionError(closed)
            false
        }
}

/** Clients and verifiers that nobody closes. */
internal object Dropping {
    @JvmStatic
    fun main(args: Array<String>) {
        val each = args[0].toInt()
        val first = Work.client()
        for (quarter in 0..4) {
            inThreads(4) {
                repeat(each / 4) { number ->
                    // The cleaner is one thread of five here, and may be given less than it needs on a machine that does more.
                    if (number % 500 == 0) System.gc().also { Thread.sleep(20) }
                    first.withOperator("other@bank.example")
                    Work.verifier()
                    Unifyia(UnifyiaOptions("https://host.example"), "not-a-real-token").withToken("another-token")
                }
            }
            println("heap$quarter ${heap()}")
            println("process$quarter ${process()}")
        }
        check(cleaners().size == 1) { "${cleaners()} cleaners while a client is open" }
        // As a whole group of threads may be.
        cleaners().forEach(Thread::interrupt)
        first.close()
        check(within(40) { System.gc().let { cleaners() }.isEmpty() }) { "the cleaner is still there" }
        // And a later client's is cleaned up after, too.
        Work.client()
        check(cleaners().size == 1)
    }

    private fun cleaners() = Thread.getAllStackTraces().keys.filter { it.name == "enrollkit-cleaner" }
}

/** The library in several class loaders, as applications of one server have it. Arguments: the class path of each. */
internal object Loaders {
    @JvmStatic
    fun main(args: Array<String>) {
        val path = args.map { File(it).toURI().toURL() }.toTypedArray()
        val stays = loader(path)
        val gone = used(path, stays)
        val collected = within(60) {
            System.gc()
            once(stays)
            gone.all { it.get() == null }
        }
        check(collected) { "${gone.count { it.get() != null }} of ${gone.size} class loaders are still there" }
        once(stays)
        once(loader(path))
    }

    /** Those that may go: nothing of this method's holds them any more. */
    private fun used(path: Array<URL>, stays: ClassLoader): List<WeakReference<URLClassLoader>> {
        val goes = List(4) { loader(path) }
        inThreads(5) { index -> repeat(50) { once(if (index == 4) stays else goes[index]) } }
        for (loader in goes) loader.close()
        return goes.map(::WeakReference)
    }

    private fun loader(path: Array<URL>) = URLClassLoader(path, ClassLoader.getPlatformClassLoader())

    private fun once(loader: ClassLoader) {
        val work = loader.loadClass("org.enrollkit.load.Work")
        check(work.classLoader == loader)
        work.getMethod("once").invoke(null)
    }
}

/** One library for the applications of a server: what made the first client must be free to go. Arguments: the class path of the library. */
internal object Shared {
    @JvmStatic
    fun main(args: Array<String>) {
        val (tests, shared) = args.map { File(it).toURI().toURL() }.let { it.take(1).toTypedArray() to it.drop(1).toTypedArray() }
        val library = URLClassLoader(shared, ClassLoader.getPlatformClassLoader())
        val first = WeakReference(application(tests, library))
        val second = URLClassLoader(tests, library)
        // The cleaner has work as long as there is this one.
        val held = clientOf(second)
        check(within(15) { System.gc().let { first.get() == null } }) { "the class loader that made the first client is still there" }
        held.close()
    }

    private fun application(tests: Array<URL>, library: ClassLoader): URLClassLoader {
        val loader = URLClassLoader(tests, library)
        val group = ThreadGroup("application")
        val thread = Thread(group) { clientOf(loader).close() }
        thread.contextClassLoader = loader
        thread.start()
        thread.join()
        return loader
    }

    private fun clientOf(loader: ClassLoader): AutoCloseable =
        loader.loadClass("org.enrollkit.load.Client").getMethod("make").invoke(null) as AutoCloseable
}

/** Of an application that shares the library. */
internal object Client {
    @JvmStatic
    fun make(): SmileId = SmileId(SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example"), Work.KEY)
}

/** A JVM that ends while calls run. */
internal object Ending {
    @JvmStatic
    fun main(args: Array<String>) {
        val work = Work()
        for (index in 0 until 8) {
            val thread = Thread {
                var round = 0L
                while (true) {
                    work.round(round++)
                    if (args[0] == "worker" && index == 0 && round == 200L) exitProcess(7)
                }
            }
            thread.isDaemon = args[0] != "worker"
            thread.start()
        }
        Thread.sleep(300)
        when (args[0]) {
            "exit" -> exitProcess(7)
            "halt" -> Runtime.getRuntime().halt(7)
        }
    }
}

/** A call in each of many virtual threads, on JDK 21 and later. */
internal object Virtual {
    @JvmStatic
    fun main(args: Array<String>) {
        // By name: this is compiled by an older JDK, too.
        val executor = Executors::class.java.getMethod("newVirtualThreadPerTaskExecutor").invoke(null) as ExecutorService
        val isVirtual = Thread::class.java.getMethod("isVirtual")
        val work = Work()
        val calls = List(args[0].toInt()) { number ->
            Callable {
                check(isVirtual.invoke(Thread.currentThread()) == true)
                Thread.sleep(10)
                work.round(number.toLong())
            }
        }
        executor.invokeAll(calls).forEach { it.get() }
        println("done ${calls.size}")
    }
}

/** Verifies, so that nothing but one kind of call is made. */
internal object First {
    @JvmStatic
    fun main(args: Array<String>) {
        if (args.firstOrNull() == "interrupted") Thread.currentThread().interrupt()
        Verifier("085", listOf(Work.KEY)).use { check(it.webhook(Work.HEADERS, Work.BODY, Work.TIME).userId == "user-42") }
        println("works")
    }
}
