package bank;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.enrollkit.Action;
import org.enrollkit.EnrollkitException;
import org.enrollkit.Intent;
import org.enrollkit.Relay;
import org.enrollkit.RelayAnswer;
import org.enrollkit.SignatureRefusedException;
import org.enrollkit.SmileId;
import org.enrollkit.Verified;
import org.enrollkit.Verifier;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class EnrollmentController {
    private static final int MAX_BODY_BYTES = 2 * 1024 * 1024; // a webhook has up to 1.5 MB

    private final SmileId smile;
    private final Verifier verifier;
    private final Function<HttpServletRequest, String> operator;
    private final Consumer<Verified> deliveries;

    /** All four are beans of yours: {@code operator} is your log-in (an e-mail address, or null), {@code deliveries} your database. */
    EnrollmentController(SmileId smile, Verifier verifier, Function<HttpServletRequest, String> operator, Consumer<Verified> deliveries) {
        this.smile = smile;
        this.verifier = verifier;
        this.operator = operator;
        this.deliveries = deliveries;
    }

    @RequestMapping("/api/smile") // every method: the checks have the answer to what is no POST
    ResponseEntity<String> relay(HttpServletRequest request, @RequestHeader MultiValueMap<String, String> headers, InputStream body)
            throws IOException {
        // A POST of JSON from a page of yours, or from an app, which has no `Origin`.
        RelayAnswer answer = Relay.routeRefusal(request.getMethod(), headers, List.of("https://app.bank.example"), true);
        if (answer == null) {
            String email = operator.apply(request);
            if (email == null) return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
            answer = answered(email, bytesOf(body));
        }
        return ResponseEntity.status(answer.getStatus())
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(answer.getBody());
    }

    private RelayAnswer answered(String email, byte[] body) {
        try (SmileId client = smile.withOperator(email)) {
            Intent intent = Intent.parse(body); // what your policy sees is what gets signed
            if (intent.getAction() == Action.SMILE_ID_DELETE_PERMANENTLY) throw Relay.refused(intent);
            return Relay.answer(Sending.send(client.call(intent)));
        } catch (EnrollkitException error) {
            return Relay.answer(error);
        }
    }

    @PostMapping("/webhook")
    ResponseEntity<Void> webhook(@RequestHeader MultiValueMap<String, String> headers, InputStream body) throws IOException {
        try {
            // Body and ids are NOT authenticated: act on what a look-up confirms.
            deliveries.accept(verifier.webhook(headers, bytesOf(body))); // to a disk; what fails here is a 500, and comes again
            return ResponseEntity.ok().build();
        } catch (SignatureRefusedException error) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
    }

    private static byte[] bytesOf(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BODY_BYTES + 1);
        if (bytes.length > MAX_BODY_BYTES) throw new ResponseStatusException(HttpStatus.valueOf(413));
        return bytes;
    }
}
