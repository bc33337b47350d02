package org.enrollkit

import org.enrollkit.load.CLASS_PATH
import org.enrollkit.load.Jvm
import org.enrollkit.load.PACKAGE
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledForJreRange
import org.junit.jupiter.api.condition.JRE
import org.junit.jupiter.api.parallel.Execution
import org.junit.jupiter.api.parallel.ExecutionMode
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.io.File
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** Loading the library: it works in other people's surroundings, or is one exception. Each in a JVM of its own. */
@Execution(ExecutionMode.CONCURRENT)
class LibraryTest {
    private fun Jvm.works(left: Set<String> = emptySet()) {
        start()
        val temporary = temporary
        val listing = { Files.list(temporary).use { all -> all.map { it.fileName.toString() }.toList().toSet() } }
        awaited()
        assertEquals(left, listing(), "left in the temporary folder")
        val ended = end()
        // Newer JVMs say so of a missing folder.
        assertEquals(listOf("works"), ended.lines - "WARNING: java.io.tmpdir directory does not exist")
        assertEquals(0, ended.code)
    }

    private fun Jvm.refuses(vararg words: String) {
        // The JVM warns of a file that is no library, too.
        val lines = succeed().lines.dropWhile { "VM warning" in it || "execstack" in it }
        assertEquals(1, lines.size, lines.joinToString("\n"))
        assertTrue(lines[0].startsWith("NativeLibraryException: enrollkit's native library can't be loaded on "), lines[0])
        for (word in words) assertTrue(word in lines[0], "$word: ${lines[0]}")
    }

    private fun given(file: String) = Jvm("Refused").option("-D$PROPERTY=$file")

    /** Mounts are this process's alone, in a name space of its own. Where Linux lets nobody have one, the test can't be. */
    private fun Jvm.mounted(vararg mounts: Pair<Path, String>): Jvm {
        val mount = mounts.joinToString("") { (folder, options) -> "mount -t tmpfs -o $options none '$folder' && " }
        val probe = ProcessBuilder("unshare", "-rm", "sh", "-c", "mount -t tmpfs -o noexec none '$folder'")
        val allowed = runCatching { probe.start().waitFor() == 0 }.getOrDefault(false)
        assumeTrue(allowed, "this system lets nobody mount (unshare -rm)")
        return wrapped("unshare", "-rm", "sh", "-c", "$mount exec \"\$@\"", "sh")
    }

    private fun jar(): String {
        val jar = Path.of("target").toAbsolutePath().toFile().listFiles { file -> file.name.matches(Regex("enrollkit-[0-9.]+\\.jar")) }
        assumeTrue(jar?.size == 1, "there is no jar yet")
        return checkNotNull(jar)[0].path
    }

    @Test
    fun `from classes, from the jar, and with threads at once`() {
        Jvm("First").works()
        Jvm("First").classPath(CLASS_PATH - PACKAGE + jar()).works()
        Jvm("Busy", "8", "0", "10").succeed()
    }

    @Test
    fun `several JVMs at once, beside what another version left`() {
        val first = Jvm("First")
        val left = Files.createDirectory(first.temporary.resolve("enrollkit-jni-1"))
        Files.write(left.resolve("other"), byteArrayOf(1))
        val others = List(8) { Jvm("First").option("-Djava.io.tmpdir=${first.temporary}").start() }
        for (other in others) assertEquals("works", other.end().output.trim())
        first.works(setOf("enrollkit-jni-1"))
    }

    @Test
    fun `in a thread that was interrupted`() {
        Jvm("First", "interrupted").works()
    }

    @Test
    fun `without a home, and with a home that is read-only`() {
        Jvm("First").option("-Duser.home=?").works()
        val jvm = Jvm("First")
        jvm.mounted(jvm.home to "ro").works()
    }

    @Test
    fun `where the temporary folder is missing, relative, read-only, or runs nothing`() {
        val missing = Jvm("First")
        missing.option("-Djava.io.tmpdir=${missing.folder}/missing/folder").works()
        Jvm("First").option("-Djava.io.tmpdir=relative").works()
        for (options in listOf("ro", "noexec", "size=4k")) {
            val jvm = Jvm("First")
            jvm.mounted(jvm.temporary to options).works()
        }
    }

    @Test
    fun `where no folder will do`() {
        for (options in listOf("ro", "noexec")) {
            val jvm = Jvm("Refused")
            jvm.mounted(jvm.temporary to options, jvm.home to options)
                .refuses("/org/enrollkit/native/linux-", jvm.temporary.toString(), jvm.home.toString(), "set java.io.tmpdir to a folder", PROPERTY)
        }
    }

    @Test
    fun `caches go where the system's rules say, and relative ones nowhere`() {
        val jvm = Jvm("First")
        val caches = Files.createDirectory(jvm.folder.resolve("caches"))
        jvm.environment("XDG_CACHE_HOME", caches.toString()).mounted(jvm.temporary to "noexec", jvm.home to "noexec").works()
        for (none in listOf("", "relative")) {
            val other = Jvm("Refused").option("-Duser.home=?").environment("XDG_CACHE_HOME", none)
            other.mounted(other.temporary to "noexec").start().awaited()
            val made = Files.list(other.folder).use { all -> all.map { it.fileName.toString() }.toList() }
            assertEquals(setOf("home", "output", "tmp"), made.toSet())
            other.end()
        }
    }

    @Test
    fun `on a platform that the jar has no library for`() {
        Jvm("Refused").option("-Dos.arch=riscv64")
            .refuses("linux-riscv64", "/org/enrollkit/native/linux-riscv64/libenrollkit_jni.so", "cargo build", PROPERTY)
    }

    @Test
    fun `of another version`() {
        // A class file holds the constant as it is; the classes ask for another version then.
        val jvm = Jvm("Refused")
        val name = "org/enrollkit/jni/Library.class"
        val bytes = String(classFile(name), Charsets.ISO_8859_1)
        val version = bytes.replace("\u0000\u00050.1.0", "\u0000\u00059.9.9")
        assertFalse(version == bytes, "no version in $name")
        val other = jvm.folder.resolve("classes").resolve(name)
        Files.createDirectories(other.parent)
        Files.write(other, version.toByteArray(Charsets.ISO_8859_1))
        jvm.classPath(listOf(jvm.folder.resolve("classes").toString()) + CLASS_PATH)
            .refuses("libenrollkit_jni.so: it is of version 0.1.0", "classes and library must be of one version")
    }

    private fun classFile(name: String): ByteArray =
        checkNotNull(LibraryTest::class.java.getResourceAsStream("/$name")).use { it.readAllBytes() }

    @Test
    fun `the file that the property names, in every class loader`() {
        val jvm = Jvm("First")
        val file = library(jvm.folder)
        jvm.option("-D$PROPERTY=$file", "-Dos.arch=riscv64").works()
        val loaders = Jvm("Loaders", *CLASS_PATH.toTypedArray())
        loaders.option("-D$PROPERTY=${library(loaders.folder)}").run().let { assertEquals(0, it.code, it.output) }
    }

    /** A copy, under another name. */
    private fun library(folder: Path): Path {
        val resource = "/org/enrollkit/native/linux-${if (System.getProperty("os.arch") == "amd64") "x86_64" else "aarch64"}/libenrollkit_jni.so"
        val bytes = checkNotNull(LibraryTest::class.java.getResourceAsStream(resource)).use { it.readAllBytes() }
        return Files.write(folder.resolve("given.so"), bytes)
    }

    @ParameterizedTest
    @ValueSource(strings = ["", "relative/libenrollkit_jni.so", "/nowhere/libenrollkit_jni.so", "/"])
    fun `a property that names no file`(path: String) {
        given(path).refuses(if (path.startsWith("/")) "$path: there is no such file" else "$path: the path is not absolute", PROPERTY)
    }

    @Test
    fun `a property that names another file`() {
        val folder = Files.createTempDirectory("enrollkit-test-")
        try {
            val text = Files.writeString(folder.resolve("text.so"), "not a library\n")
            given("$text").refuses("$text: ", PROPERTY)
        } finally {
            folder.toFile().deleteRecursively()
        }
        val other = Path.of(System.getProperty("java.home"), "lib", "libzip.so")
        assumeTrue(Files.exists(other), "there is no other library at hand")
        given("$other").refuses("$other: ", "classes and library must be of one version")
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_24, disabledReason = "before Java 24 nobody is asked")
    fun `where nobody has allowed native access`() {
        val warned = Jvm("First").unasked().succeed()
        assertEquals("works", warned.lines.last())
        assertTrue("WARNING: Use --enable-native-access=ALL-UNNAMED to avoid a warning" in warned.output, warned.output)
        Jvm("Refused").unasked().option("--illegal-native-access=deny").refuses("start Java with --enable-native-access=ALL-UNNAMED")
        Jvm("First").option("--illegal-native-access=deny").works()
    }

    private companion object {
        const val PROPERTY = "org.enrollkit.library"
    }
}
