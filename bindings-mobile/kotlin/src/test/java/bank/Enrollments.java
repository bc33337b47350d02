package bank;

import org.enrollkit.Acknowledged;
import org.enrollkit.Acknowledgement;
import org.enrollkit.Action;
import org.enrollkit.Confirmation;
import org.enrollkit.Enrollkit;
import org.enrollkit.EnrollkitException;
import org.enrollkit.Environment;
import org.enrollkit.SmileId;
import org.enrollkit.SmileIdOptions;

final class Enrollments {
    private final SmileId smile;

    Enrollments(SmileId smile) {
        this.smile = smile; // one client for all threads
    }

    /** The partner id is text, leading zeros included; PRODUCTION has a key of its own. {@code baseUrl} is null, or a gateway's or a stand-in's. */
    static SmileId smileOf(String apiKey, String baseUrl) {
        return new SmileId(new SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example", baseUrl), apiKey);
    }

    Confirmation deactivate(String userId) {
        try {
            Acknowledged outcome = Sending.send(smile.deactivate(userId));
            if (outcome.getAcknowledgement() == Acknowledgement.STATED) return Confirmation.IN_EFFECT;
        } catch (EnrollkitException error) {
            if (!error.getOutcomeUnknown()) throw error;
        }
        // A lost or empty answer: never send it again blindly. Did it happen?
        try {
            return Enrollkit.confirmedBy(Action.SMILE_ID_DEACTIVATE, Sending.send(smile.enrolleeInfo(userId)));
        } catch (EnrollkitException error) {
            return Enrollkit.confirmedBy(Action.SMILE_ID_DEACTIVATE, error);
        }
    }
}
