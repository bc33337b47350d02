import java.util.Queue
import org.enrollkit.Intent
import org.enrollkit.SmileId

/** A queue carries intents, to the last digit. A call would carry a signature, and go stale. */
fun enqueue(queue: Queue<String>, intent: Intent) {
    queue.add(intent.toJson())
}

/** What came of it, as text for a log of jobs: `Outcome.fromJson` reads it back. */
fun work(queue: Queue<String>, smile: SmileId): String = send(smile.call(Intent.parse(queue.remove()))).toJson()
