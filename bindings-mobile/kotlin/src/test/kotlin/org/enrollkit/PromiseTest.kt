package org.enrollkit

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.DataInputStream
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.extension
import kotlin.io.path.nameWithoutExtension

/** Who can compile against the jar and run it: no newer Kotlin and no newer Java is asked for than the README promises. */
class PromiseTest {
    private val pom = Files.readString(Path.of("pom.xml"))
    private val classes =
        Files.walk(Path.of("target/classes")).use { files -> files.filter { it.extension == "class" }.toList() }

    /** The properties put in. */
    private fun value(text: String): String =
        Regex("\\$\\{([^}]+)}").replace(text) { value(checkNotNull(Regex("<${it.groupValues[1]}>([^<]+)<").find(pom)).groupValues[1]) }

    @Test
    fun `the pom asks for nothing newer`() {
        val asked =
            Regex("<dependency>(.*?)</dependency>", RegexOption.DOT_MATCHES_ALL).findAll(pom).map { it.groupValues[1] }.filterNot { "<scope>" in it }.associate { one ->
                fun tag(name: String) = value(checkNotNull(Regex("<$name>([^<]+)<").find(one)).groupValues[1])
                tag("artifactId") to tag("version").split('.').take(2).map(String::toInt)
            }
        // A library of Kotlin's would bring a newer standard library along: what is added here must be looked at.
        val most = mapOf("kotlin-stdlib" to listOf(2, 0), "kotlinx-serialization-json-jvm" to listOf(1, 7))
        assertEquals(most, asked.filterKeys { "kotlin" in it })
    }

    @Test
    fun `the classes are for Java 11 and Kotlin 2_0`() {
        assertTrue(classes.size > 50, "${classes.size} classes")
        for (file in classes) {
            val major = DataInputStream(Files.newInputStream(file)).use { it.skipBytes(6); it.readUnsignedShort() }
            assertEquals(55, major, "$file")
            val name = "${Path.of("target/classes").relativize(file)}".removeSuffix(".class").replace(file.fileSystem.separator, ".")
            val metadata = Class.forName(name, false, javaClass.classLoader).getAnnotation(Metadata::class.java) ?: continue
            assertTrue(metadata.metadataVersion.toList() <= listOf(2, 0, 0), "$name: ${metadata.metadataVersion.toList()}")
        }
    }

    @Test
    fun `Java sees no file of internal functions`() {
        val names = classes.filter { it.parent.endsWith("org/enrollkit") }.map { it.nameWithoutExtension }.filter { it.endsWith("Kt") }
        assertTrue(names.size > 5, "$names")
        assertEquals(emptyList<String>(), names.filterNot { Class.forName("org.enrollkit.$it").isSynthetic })
    }

    @Test
    fun `the README names what is tested`() {
        val readme = Files.readString(Path.of("README.md"))
        val least = checkNotNull(Regex("<kotlin.version>([^<]+)").find(Files.readString(Path.of("acceptance/kotlin/pom.xml")))).groupValues[1]
        assertTrue("Kotlin $least" in readme && "JDK 11" in readme, "Kotlin $least, JDK 11")
    }
}

private operator fun List<Int>.compareTo(other: List<Int>): Int =
    zip(other).map { (one, two) -> one.compareTo(two) }.firstOrNull { it != 0 } ?: size.compareTo(other.size)
