package org.enrollkit.support

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import java.nio.file.Files
import java.nio.file.Path
import java.util.stream.Collectors
import kotlin.io.path.isRegularFile
import kotlin.io.path.name
import kotlin.io.path.readText

/** The workspace's folder: the tests run in the module's. */
val WORKSPACE: Path = Path.of("../..").toAbsolutePath().normalize()

/** The JSON files of a folder of `tests`, discovered, in order. Numbers keep their digits. */
fun filesOf(folder: String): List<Pair<String, JsonObject>> {
    val path = WORKSPACE.resolve("tests").resolve(folder)
    val files = Files.list(path).use { all -> all.filter { it.isRegularFile() && it.name.endsWith(".json") }.sorted().collect(Collectors.toList()) }
    check(files.isNotEmpty()) { "no files in $path" }
    return files.map { it.name to Json.parseToJsonElement(it.readText()).jsonObject }
}
