package bank;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program that {@code ENROLLKIT_SANDBOX} names, with a user. It ends when it is closed, or when this process does. */
final class Sandbox implements AutoCloseable {
    /** Built in, public, worthless elsewhere. */
    static final String KEY = "not-a-secret-sandbox-key-0000000000000001";

    private final Process process;
    final String url;

    Sandbox() throws IOException {
        process = new ProcessBuilder(System.getenv("ENROLLKIT_SANDBOX"), "--ready-json", "--stop-with-stdin", "--user", "user-42")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String ready = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
        Matcher url = Pattern.compile("\"url\":\"([^\"]+)\"").matcher(String.valueOf(ready));
        if (!url.find()) throw new IllegalStateException("ENROLLKIT_SANDBOX names no sandbox");
        this.url = url.group(1);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
    }
}
