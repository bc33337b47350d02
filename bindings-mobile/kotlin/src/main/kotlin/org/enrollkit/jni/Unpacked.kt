package org.enrollkit.jni

import org.enrollkit.NativeLibraryException
import java.io.File
import java.io.FileOutputStream
import java.io.IOException
import java.io.InputStream
import java.nio.file.FileAlreadyExistsException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.Paths
import java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE
import java.nio.file.attribute.PosixFilePermission.OWNER_READ
import java.nio.file.attribute.PosixFilePermission.OWNER_WRITE
import java.nio.file.attribute.PosixFilePermissions

/**
 * A library that is unpacked into a new folder which only this user can look into, loaded, and taken away again: so no other
 * process can have put a file there, and programs, versions and class loaders beside each other never share one.
 */
internal class Unpacked(private val fileName: String, private val source: String, private val packed: InputStream) {
    fun load() {
        val reasons = StringBuilder()
        var first: Throwable? = null
        try {
            val library = packed.readAllBytes()
            for (folder in folders()) {
                if (folder.isNullOrEmpty()) continue
                val error = loadIn(folder, library) ?: return
                first = first ?: error
                reasons.append(if (reasons.isEmpty()) "" else "; ").append("in ").append(folder).append(": ").append(reasonOf(error))
            }
        } catch (error: IOException) {
            throw NativeLibraryException(Library.platform, source, reasonOf(error), SET_PROPERTY, error)
        } finally {
            packed.close()
        }
        throw NativeLibraryException(Library.platform, source, reasons.toString(), remedyOf(first), first)
    }

    /** Why it can't be loaded from a folder; null when it is. */
    private fun loadIn(name: String, library: ByteArray): Throwable? {
        var own: Path? = null
        try {
            // The JVM loads by absolute paths alone.
            val folder = Paths.get(name).toAbsolutePath()
            Files.createDirectories(folder)
            sweep(folder)
            own = newFolder(folder)
            val file = own.resolve(fileName)
            val out = FileOutputStream(file.toFile())
            try {
                out.write(library)
            } finally {
                out.close()
            }
            // Written a moment ago, from the jar, in a folder of our own.
            @Suppress("UnsafeDynamicallyLoadedCode")
            System.load(file.toString())
            return null
        } catch (error: IOException) {
            return error
        } catch (error: UnsatisfiedLinkError) {
            return error
        } catch (error: RuntimeException) {
            // Not a path, or what may not be done there.
            return error
        } finally {
            if (own != null) remove(own)
        }
    }

    /** A folder that was not there. Its name need not be secret, so that no source of randomness has to be loaded for it. */
    private fun newFolder(folder: Path): Path {
        while (true) {
            try {
                val own = folder.resolve(PREFIX + java.lang.Long.toHexString(System.nanoTime()))
                return if (isWindows) Files.createDirectory(own) else Files.createDirectory(own, OURS_ALONE)
            } catch (_: FileAlreadyExistsException) {
                // Another one was made in the same nanosecond.
            }
        }
    }

    private fun remove(own: Path) {
        for (path in arrayOf(own.resolve(fileName), own)) {
            // Windows lets nobody take away what is loaded: a later start does.
            if (!path.toFile().delete()) path.toFile().deleteOnExit()
        }
    }

    /** What ended programs left on Windows. What is loaded can't be taken away there, and what is about to be is not a day old. */
    private fun sweep(folder: Path) {
        if (!isWindows) return
        val old = System.currentTimeMillis() - 24 * 60 * 60 * 1000
        val left = folder.toFile().listFiles { file -> file.name.startsWith(PREFIX) && file.lastModified() < old } ?: return
        for (own in left) {
            File(own, fileName).delete()
            own.delete()
        }
    }

    private companion object {
        const val PREFIX = "enrollkit-jni-"
        val isWindows = File.separatorChar == '\\'
        val OURS_ALONE = PosixFilePermissions.asFileAttribute(java.util.Set.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE))

        /** Where it can be unpacked: the second where the first may not be written, or may run nothing (`noexec`). */
        fun folders(): Array<String?> = arrayOf(System.getProperty("java.io.tmpdir"), caches())

        /** What is not absolute is to be passed over by the rules of XDG; the home of a user whom the system does not know is `?`. */
        private fun caches(): String? {
            for (given in arrayOf(System.getenv("XDG_CACHE_HOME"), System.getenv("LOCALAPPDATA"))) {
                if (given != null && File(given).isAbsolute) return File(given, "enrollkit").path
            }
            val home = System.getProperty("user.home")
            return if (home != null && File(home).isAbsolute) File(home, ".cache/enrollkit").path else null
        }
    }
}
