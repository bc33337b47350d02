package bank;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.enrollkit.Call;
import org.enrollkit.Outcome;

final class Sending {
    private static final HttpClient HTTP = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private Sending() {}

    /** Sends a call once. It throws enrollkit's own exceptions, which are unchecked. */
    static <T extends Outcome> T send(Call<T> call) {
        String text = call.getBody();
        HttpResponse<byte[]> reply;
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(call.getUrl()))
                    .method(call.getMethod(), text == null ? BodyPublishers.noBody() : BodyPublishers.ofString(text))
                    .timeout(Duration.ofSeconds(30));
            call.getHeaders().forEach(request::header);
            reply = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | IllegalArgumentException error) {
            throw call.failed(error); // says whether it can have happened
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
            throw call.failed(error);
        }
        return call.read(reply.statusCode(), reply.body(), reply.headers().map());
    }
}
