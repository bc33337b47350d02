package org.enrollkit.load

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import java.io.File
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** Whether all is run that takes its time. */
internal val SLOW = System.getProperty("enrollkit.slow") == "true"

/** Of the tests: their classes, the package's, and what both need. */
internal val CLASS_PATH: List<String> =
    (System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")).split(File.pathSeparator)

/** Of the tests' own classes. */
internal val TEST_CLASSES: String = CLASS_PATH.first { File(it, "org/enrollkit/load/Jvm.class").isFile }

/** The package as it was compiled: a folder, or the jar. */
internal val PACKAGE: String = CLASS_PATH.first { File(it, "org/enrollkit/jni/Native.class").isFile || "/enrollkit-" in it.replace('\\', '/') }

/** How a Java Virtual Machine ended, and what it wrote. */
internal class Ended(val code: Int, val output: String) {
    val lines: List<String> get() = output.lines().filter(String::isNotBlank)

    /** The value of a line `name value`. */
    fun number(name: String): Long = lines.first { it.startsWith("$name ") }.substringAfter(' ').toLong()
}

/**
 * A Java Virtual Machine of a test's own, as this one is, in an empty folder that is its working folder, its temporary one and its
 * home. What these are is for a test to change: later options win.
 */
internal class Jvm(private val program: String, private vararg val arguments: String) {
    val folder: Path = Files.createTempDirectory("enrollkit-test-jvm-")
    val temporary: Path = Files.createDirectory(folder.resolve("tmp"))
    val home: Path = Files.createDirectory(folder.resolve("home"))
    private val output = folder.resolve("output")
    private val options = ArrayList<String>(listOf("-Xmx128m", "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=$temporary", "-Duser.home=$home"))
    private val access = if (Runtime.version().feature() >= 24) listOf("--enable-native-access=ALL-UNNAMED") else emptyList()
    private var allowed = true
    private var classPath = CLASS_PATH
    private var wrapper = emptyList<String>()
    private val environment = HashMap<String, String>()
    private var process: Process? = null

    fun option(vararg more: String): Jvm = apply { options += more }

    /** As compiled as a server is after a while. */
    fun optimized(): Jvm = apply { options -= "-XX:TieredStopAtLevel=1" }

    /** As Java is from 24 on where nobody says that native libraries may be loaded: it warns. */
    fun unasked(): Jvm = apply { allowed = false }

    fun classPath(parts: List<String>): Jvm = apply { classPath = parts }

    fun environment(name: String, value: String): Jvm = apply { environment[name] = value }

    /** A command that starts the one behind it. */
    fun wrapped(vararg command: String): Jvm = apply { wrapper = command.asList() }

    fun start(): Jvm = apply {
        val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
        val command = wrapper + java + (if (allowed) access else emptyList()) + options + listOf("-cp", classPath.joinToString(File.pathSeparator), "org.enrollkit.load.$program") + arguments
        val builder = ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile())
        builder.environment().keys.removeAll(setOf("XDG_CACHE_HOME", "LOCALAPPDATA", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"))
        builder.environment().putAll(environment)
        process = builder.start()
    }

    /** Waits for its end; its folders are still there then. */
    fun awaited(): Boolean = checkNotNull(process).waitFor(120, TimeUnit.SECONDS)

    /** Waits for its end, and cleans up: nothing may be left that the library made. */
    fun end(seconds: Long = 120): Ended {
        val process = checkNotNull(process)
        val ended = process.waitFor(seconds, TimeUnit.SECONDS)
        if (!ended) process.destroyForcibly().waitFor()
        val text = Files.readString(output)
        assertTrue(ended, "$program ${arguments.asList()}: still running after $seconds s: $text")
        val left = Files.walk(folder).use { all -> all.map { folder.relativize(it).toString() }.toList() }
        folder.toFile().deleteRecursively()
        assertTrue(left.none { "hs_err" in it || it.endsWith("core") }, "it crashed: $text")
        assertTrue(left.none { it.endsWith("libenrollkit_jni.so") }, "left behind: $left")
        return Ended(process.exitValue(), text)
    }

    fun run(seconds: Long = 120): Ended = start().end(seconds)

    /** Runs it to its good end. */
    fun succeed(seconds: Long = 120): Ended = run(seconds).also { assertEquals(0, it.code, it.output) }
}
