import org.enrollkit.Acknowledged;
import org.enrollkit.Call;
import org.enrollkit.Environment;
import org.enrollkit.SmileId;
import org.enrollkit.SmileIdOptions;

public final class Jobs {
    private final SmileId smile;

    public Jobs(String apiKey) {
        smile = new SmileId(new SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example"), apiKey);
    }

    public Call<Acknowledged> again(String userId) {
        return smile.reEnroll(userId);
    }
}
