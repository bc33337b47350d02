package bank;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.util.Map;
import org.enrollkit.Acknowledgement;
import org.enrollkit.Enrollkit;
import org.enrollkit.InvalidInputException;
import org.enrollkit.SignUpRules;
import org.enrollkit.SignUpUser;
import org.enrollkit.SignedUp;
import org.enrollkit.Unifyia;
import org.enrollkit.Violation;

final class SignUps {
    private final Unifyia unifyia; // new Unifyia(new UnifyiaOptions("https://id.bank.example"), token)

    SignUps(Unifyia unifyia) {
        this.unifyia = unifyia;
    }

    /** What is null is left out. A JSON field takes text: Jackson's {@code node.toString()} and Gson's are such. */
    private static SignUpUser.Builder user(String name, String email, String attributes) {
        return SignUpUser.builder()
                .name(name)
                .email(email)
                .organisationName("Acme Bank")
                .userAttribute(attributes)
                // What your organization's workflow asks for; these must be there.
                .userAppearance("{}")
                .userAddress("{}")
                .userBiometrics("[]")
                .userIDProofDocuments("{}")
                .userEnrollmentHistoryList("[]");
    }

    /** What to show beside each field while one types. {@code true} is for whoever fills in their own form. */
    Map<String, String> errors(String name, String email, String attributes) {
        return Enrollkit.checkUser(user(name, email, attributes).toJson(), new SignUpRules(true)).stream()
                .collect(toMap(Violation::getPath, Violation::getMessage, (first, second) -> first));
    }

    String submit(String name, String email, String attributes) {
        try {
            SignedUp outcome = Sending.send(unifyia.signUp(user(name, email, attributes).build()));
            return outcome.getAcknowledgement() == Acknowledgement.STATED ? "Welcome!" : "Received.";
        } catch (InvalidInputException error) {
            return error.getViolations().stream().map(Violation::toString).collect(joining(", "));
        }
    }
}
