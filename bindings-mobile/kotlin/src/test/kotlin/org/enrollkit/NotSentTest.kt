package org.enrollkit

import org.enrollkit.support.send
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.IOException
import java.net.ConnectException
import java.net.HttpURLConnection
import java.net.InetSocketAddress
import java.net.MalformedURLException
import java.net.Proxy
import java.net.ProxySelector
import java.net.ServerSocket
import java.net.SocketTimeoutException
import java.net.URI
import java.net.URL
import java.net.UnknownHostException
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Path
import java.security.KeyStore
import java.time.Duration
import java.util.concurrent.ExecutionException
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import kotlin.concurrent.thread
import kotlin.io.path.inputStream

/** What the JDK's two clients really throw, and what is said of it: "nothing was sent" only where nothing can have left. */
class NotSentTest {
    private val client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build()

    private fun call(url: String) = SmileId(SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example", url, allowHttp = true), "k").deactivate("u")

    /** (nothing was sent, it may have happened) */
    private fun said(url: String, work: (Call<*>) -> Unit): Pair<Boolean, Boolean> {
        val call = call(url)
        val thrown = assertThrows(Exception::class.java) { work(call) }
        val error = thrown as? NoResponseException ?: call.failed(thrown)
        assertEquals("no_response: smile_id.deactivate", error.message!!.split(": ").take(2).joinToString(": "))
        return error.notSent to error.outcomeUnknown
    }

    private fun jdk(url: String, with: HttpClient = client) = said(url) { call ->
        val request = HttpRequest.newBuilder(URI(call.url)).method(call.method, HttpRequest.BodyPublishers.ofString(call.body)).timeout(Duration.ofMillis(700))
        with.send(request.build(), HttpResponse.BodyHandlers.ofByteArray())
    }

    private fun connection(url: String, proxy: Proxy = Proxy.NO_PROXY) = said(url) { call ->
        val connection = URL(call.url).openConnection(proxy) as HttpURLConnection
        val body = call.body!!.toByteArray()
        connection.requestMethod = call.method
        connection.doOutput = true
        connection.readTimeout = 700
        connection.setFixedLengthStreamingMode(body.size)
        connection.outputStream.use { it.write(body) }
        connection.responseCode
    }

    private val notSent = true to false
    private val unknown = false to true

    /** A server of one socket; what it does with each connection is [answer]'s. */
    private fun <T> serving(answer: (ByteArray) -> ByteArray?, work: (Int) -> T): T {
        val server = ServerSocket(0)
        thread(isDaemon = true) {
            runCatching {
                while (true) {
                    server.accept().use { socket ->
                        val buffer = ByteArray(8192)
                        val read = socket.getInputStream().read(buffer)
                        answer(buffer.copyOf(maxOf(read, 0)))?.let { socket.getOutputStream().write(it) }
                    }
                }
            }
        }
        return server.use { work(it.localPort) }
    }

    @Test
    fun `there was no connection`() {
        for (url in listOf("http://no-such-host.invalid", "https://no-such-host.invalid", "http://127.0.0.1:1", "https://127.0.0.1:1")) {
            assertEquals(notSent, jdk(url), url)
            assertEquals(notSent, connection(url), url)
            assertEquals(notSent, said(url) { send(it) }, url)
        }
        // A listener that accepts nothing more: the time ends while connecting.
        ServerSocket(0, 1).use { full ->
            val held = List(3) { runCatching { java.net.Socket().apply { connect(full.localSocketAddress, 200) } }.getOrNull() }
            assertEquals(notSent, jdk("http://127.0.0.1:${full.localPort}"))
            held.forEach { it?.close() }
        }
    }

    @Test
    fun `the proxy said no, or was not there`() {
        val refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".toByteArray()
        serving({ refusal }) { port ->
            val address = InetSocketAddress("127.0.0.1", port)
            val proxied = HttpClient.newBuilder().proxy(ProxySelector.of(address)).build()
            assertEquals(notSent, jdk("https://portal.example", proxied))
            assertEquals(notSent, connection("https://portal.example", Proxy(Proxy.Type.HTTP, address)))
        }
        for (proxy in listOf(InetSocketAddress("127.0.0.1", 1), InetSocketAddress.createUnresolved("no-such-proxy.invalid", 80))) {
            assertEquals(notSent, jdk("https://portal.example", HttpClient.newBuilder().proxy(ProxySelector.of(proxy)).build()))
        }
    }

    @Test
    fun `the certificate is not the service's`(@TempDir folder: Path) {
        val (store, password) = folder.resolve("keys.p12") to "changeit".toCharArray()
        val keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString()
        val made = ProcessBuilder(keytool, "-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=localhost", "-keystore", "$store", "-storepass", String(password)).start()
        check(made.waitFor() == 0)
        val keys = KeyStore.getInstance("PKCS12").apply { store.inputStream().use { load(it, password) } }
        val managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()).apply { init(keys, password) }
        val tls = SSLContext.getInstance("TLS").apply { init(managers.keyManagers, null, null) }
        tls.serverSocketFactory.createServerSocket(0).use { server ->
            thread(isDaemon = true) { runCatching { while (true) server.accept().use { runCatching { it.getInputStream().read() } } } }
            assertEquals(notSent, jdk("https://localhost:${server.localPort}"))
            assertEquals(notSent, connection("https://localhost:${server.localPort}"))
        }
    }

    @Test
    fun `the client can't ask such an address`() {
        val relayed = SmileIdRelay("/api/smile").deactivate("u")
        val relative = assertThrows(IllegalArgumentException::class.java) { HttpRequest.newBuilder(URI(relayed.url)) }
        assertEquals(true, relayed.failed(relative).notSent)
        assertEquals(true, relayed.failed(assertThrows(MalformedURLException::class.java) { URL(relayed.url) }).notSent)
        // Compose's names have underscores, which the JDK's own client takes for no host.
        assertEquals(notSent, jdk("http://id_gateway:8085"))
        assertEquals(notSent, connection("http://id_gateway:8085"))
    }

    @Test
    fun `what was sent is never called not sent`() {
        serving({ null }) { port ->
            assertEquals(unknown, jdk("http://127.0.0.1:$port"))
            assertEquals(unknown, connection("http://127.0.0.1:$port"))
        }
        ServerSocket(0).use { silent ->
            assertEquals(unknown, jdk("http://127.0.0.1:${silent.localPort}"))
            assertEquals(unknown, connection("http://127.0.0.1:${silent.localPort}"))
        }
        val call = call("https://portal.example")
        for (thrown in listOf(IOException("reset"), SocketTimeoutException("Read timed out"), InterruptedException(), IOException(ConnectException()))) {
            assertEquals(unknown, call.failed(thrown).let { it.notSent to it.outcomeUnknown }, "$thrown")
        }
    }

    @Test
    fun `a client that tried again was refused each time, or it is not known`() {
        val call = call("https://portal.example")
        fun refusedAfter(first: Exception) = call.failed(ConnectException("refused").apply { addSuppressed(first) }).notSent
        assertEquals(listOf(true, false), listOf(UnknownHostException(), IOException("unexpected end of stream")).map(::refusedAfter))
        assertEquals(true, call.failed(ExecutionException(ConnectException())).notSent)
    }
}
