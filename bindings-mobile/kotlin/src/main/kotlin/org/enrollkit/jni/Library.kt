package org.enrollkit.jni

import org.enrollkit.NativeLibraryException
import java.io.File
import java.io.FileInputStream

/** The system property with the path of the library, for platforms that the jar has none for, and machines where none can be unpacked. */
internal const val LIBRARY_PROPERTY = "org.enrollkit.library"

/** Loads the library, once. Where that fails it fails in the same way each time. */
internal object Library {
    @Volatile private var loaded = false

    private var failure: NativeLibraryException? = null

    fun load() {
        if (!loaded) loadOnce()
    }

    @Synchronized
    private fun loadOnce() {
        if (loaded) return
        failure?.let { throw it.again() }
        try {
            checkVersion(if (isAndroid()) loadPackaged() else loadUnpacked())
        } catch (failed: NativeLibraryException) {
            failure = failed
            throw failed
        } catch (error: RuntimeException) {
            // What forbids it: `--illegal-native-access=deny`, a security manager.
            val failed = NativeLibraryException(platform, fileName, reasonOf(error), remedyOf(error), error)
            failure = failed
            throw failed
        }
        loaded = true
    }

    /** From the app's own package. Each gives what it has loaded. */
    private fun loadPackaged(): String {
        try {
            System.loadLibrary(NAME)
            return fileName
        } catch (error: UnsatisfiedLinkError) {
            val abis = "the app's package needs jniLibs/ABI/$fileName for this phone's ABI"
            throw NativeLibraryException(platform, fileName, reasonOf(error), abis, error)
        }
    }

    private fun loadUnpacked(): String {
        val given = System.getProperty(LIBRARY_PROPERTY)
        if (given != null) return loadGiven(File(given))
        val resource = "/org/enrollkit/native/$platform/$fileName"
        val packed =
            Library::class.java.getResourceAsStream(resource)
                ?: throw NativeLibraryException(platform, resource, "the jar has no such file", SET_PROPERTY)
        Unpacked(fileName, resource, packed).load()
        return resource
    }

    private fun loadGiven(file: File): String {
        // A path that is relative would depend on where the program was started.
        if (!file.isAbsolute) throw NativeLibraryException(platform, file.path, "the path is not absolute", SET_PROPERTY)
        if (!file.isFile) throw NativeLibraryException(platform, file.path, "there is no such file", SET_PROPERTY)
        try {
            // What the property names is loaded as it is.
            @Suppress("UnsafeDynamicallyLoadedCode")
            System.load(file.path)
        } catch (error: UnsatisfiedLinkError) {
            // The JVM loads a file for one class loader only; each application of a server may have its own.
            if ("another classloader" !in error.message.orEmpty()) {
                throw NativeLibraryException(platform, file.path, reasonOf(error), SET_PROPERTY, error)
            }
            Unpacked(fileName, file.path, FileInputStream(file)).load()
        }
        return file.path
    }

    private fun checkVersion(file: String) {
        val version =
            try {
                val answer = Native.enter(Door.VERSION, null, 0, 0, ByteArray(0), null)
                answer?.let { Unpacking(it).apply { byte() }.text() }
            } catch (error: UnsatisfiedLinkError) {
                throw NativeLibraryException(platform, file, reasonOf(error), SAME_VERSION, error)
            }
        if (version != Door.LIBRARY_VERSION) {
            throw NativeLibraryException(platform, file, "it is of version $version", SAME_VERSION)
        }
    }

    private const val NAME = "enrollkit_jni"
    private const val SAME_VERSION = "classes and library must be of one version, here ${Door.LIBRARY_VERSION}"

    private val fileName: String = System.mapLibraryName(NAME)

    /** As the folders of the jar are called. */
    val platform: String = "${systemOf(System.getProperty("os.name").orEmpty())}-${architectureOf(System.getProperty("os.arch").orEmpty())}"
}

internal const val SET_FOLDER =
    "set java.io.tmpdir to a folder that can be written and from which programs may run, or put the library into one and " +
        "set the system property $LIBRARY_PROPERTY to its absolute path"

internal const val SET_PROPERTY =
    "build the library for this platform (`cargo build -p enrollkit-jni --profile jvm`), and set the system property " +
        "$LIBRARY_PROPERTY to its absolute path"

internal fun reasonOf(error: Throwable): String = error.message ?: error.javaClass.name

/** The class is named, since Android does not have it. */
internal fun remedyOf(error: Throwable?): String =
    if (error?.javaClass?.name == "java.lang.IllegalCallerException") {
        "start Java with --enable-native-access=ALL-UNNAMED, or =org.enrollkit where that is on the module path"
    } else {
        SET_FOLDER
    }

internal fun isAndroid() = System.getProperty("java.vm.name") == "Dalvik"

internal fun systemOf(name: String): String =
    when {
        isAndroid() -> "android"
        File.separatorChar == '\\' -> "windows"
        name == "Mac OS X" || name == "Darwin" -> "macos"
        else -> name.lowercase()
    }

internal fun architectureOf(name: String): String =
    when (name) {
        "amd64", "x64", "x86_64" -> "x86_64"
        "arm64", "aarch64" -> "aarch64"
        else -> name
    }
