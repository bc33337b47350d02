package bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.enrollkit.Acknowledgement;
import org.enrollkit.ApiException;
import org.enrollkit.EnrollkitException;
import org.enrollkit.Enrollkit;
import org.enrollkit.Environment;
import org.enrollkit.ErrorKind;
import org.enrollkit.Intent;
import org.enrollkit.Method;
import org.enrollkit.NoResponseException;
import org.enrollkit.RawPath;
import org.enrollkit.RawReply;
import org.enrollkit.SmileId;
import org.enrollkit.SmileIdOptions;
import org.enrollkit.SmileIdRelay;
import org.enrollkit.Unifyia;
import org.enrollkit.UnifyiaOptions;
import org.enrollkit.UnifyiaRawRequest;
import org.enrollkit.Verified;
import org.enrollkit.Verifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The recipe under Spring Boot's own server, over HTTP; the sandbox behind it. */
class SpringTest {
    private static final List<String> STORED = new ArrayList<>();
    private static String operator;
    private static Sandbox sandbox;
    private static ConfigurableApplicationContext bank;
    private static String url;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(EnrollmentController.class)
    static class Bank {
        @Bean
        SmileId smile() {
            return new SmileId(new SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example", sandbox.url), Sandbox.KEY);
        }

        @Bean
        Verifier verifier() {
            return new Verifier("085", List.of(Sandbox.KEY));
        }

        @Bean
        Function<HttpServletRequest, String> operator() {
            return request -> operator;
        }

        @Bean
        Consumer<Verified> deliveries() {
            return message -> STORED.add(message.getUserId());
        }
    }

    @BeforeAll
    static void start() throws IOException {
        sandbox = new Sandbox();
        bank = new SpringApplicationBuilder(Bank.class).logStartupInfo(false)
                .run("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off", "--logging.level.root=ERROR");
        url = "http://127.0.0.1:" + bank.getEnvironment().getProperty("local.server.port");
    }

    @AfterAll
    static void stop() throws IOException {
        bank.close();
        sandbox.close();
    }

    private static int status(String path, String method, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @Test
    void anAppDeactivatesAUserAndAStrangerDoesNot() {
        operator = "ops@bank.example";
        SmileIdRelay relayed = new SmileIdRelay(url + "/api/smile");
        assertEquals(Acknowledgement.STATED, Sending.send(relayed.deactivate("user-42")).getAcknowledgement());
        assertEquals(true, Sending.send(relayed.enrolleeInfo("user-42")).getEnrolledUser().getInactive());
        ApiException refused = assertThrows(ApiException.class, () -> Sending.send(relayed.deletePermanently("user-42", "user-42")));
        assertEquals(ErrorKind.REFUSED_BY_POLICY, refused.getKind());
        operator = null;
        assertEquals(ErrorKind.UNAUTHORIZED, assertThrows(ApiException.class, () -> Sending.send(relayed.reactivate("user-42"))).getKind());
    }

    @Test
    void theRouteTakesJsonFromTheBanksPageAndFromApps() throws Exception {
        operator = "ops@bank.example";
        String intent = "{\"action\":\"smile_id.reactivate\",\"user_id\":\"user-42\"}";
        assertEquals(200, status("/api/smile", "POST", intent, "content-type", "Application/JSON; charset=utf-8"));
        assertEquals(200, status("/api/smile", "POST", intent, "content-type", "application/json", "origin", "https://app.bank.example"));
        assertEquals(403, status("/api/smile", "POST", intent, "content-type", "application/json", "origin", "https://other.example"));
        assertEquals(415, status("/api/smile", "POST", intent, "content-type", "text/plain"));
        assertEquals(405, status("/api/smile", "PUT", intent, "content-type", "application/json"));
        assertEquals(413, status("/api/smile", "POST", "x".repeat(3_000_000), "content-type", "application/json"));
    }

    @Test
    void aWebhookIsStoredAndAForgedOneIsNot() throws Exception {
        String time = Instant.now().toString().substring(0, 23) + "Z";
        int[] answers = new int[4];
        String[] keys = {Sandbox.KEY, Sandbox.KEY, "another-key", Sandbox.KEY};
        int[] sizes = {10, 1_500_000, 10, 3_000_000};
        for (int at = 0; at < 4; at++) {
            String body = "{\"photo\":\"" + "x".repeat(sizes[at]) + "\"}";
            String signature = Enrollkit.signature(keys[at], time, "085");
            answers[at] = status("/webhook", "POST", body, "Response-Timestamp", time, "Response-Signature", signature, "User-ID", "user-42");
        }
        assertEquals("[200, 200, 401, 413]", java.util.Arrays.toString(answers));
        assertEquals(List.of("user-42", "user-42"), STORED);
    }

    @Test
    void whatJacksonWritesIsThePlainFormToTheLastDigit() throws Exception {
        String digits = "{\"id\":9007199254740993,\"x\":1E400,\"z\":1.10}";
        Unifyia unifyia = new Unifyia(new UnifyiaOptions("https://id.bank.example"));
        RawReply outcome = unifyia.raw(new UnifyiaRawRequest(Method.GET, RawPath.of("/x"))).read(200, digits);
        ObjectMapper jackson = bank.getBean(ObjectMapper.class);
        assertEquals(outcome.toJson(), jackson.writeValueAsString(outcome));
        assertEquals("{\"done\":" + outcome.toJson() + "}", jackson.writeValueAsString(Map.of("done", outcome)));
        assertEquals(true, outcome.toJson().contains(digits));
        assertEquals("{\"action\":\"smile_id.re_enroll\",\"user_id\":\"u\"}", jackson.writeValueAsString(Intent.reEnroll("u")));
    }

    @Test
    void nobodyListens() {
        EnrollkitException error = assertThrows(NoResponseException.class, () -> Sending.send(new SmileIdRelay("http://127.0.0.1:1/").deactivate("u")));
        assertEquals("no_response: smile_id.deactivate: nothing was sent", error.getMessage());
    }
}
