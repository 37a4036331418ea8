import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.apache.hadoop.io.Writable;

/**
 * Reads files as Hive does, with Hive's own classes. In comes a line of JSON for each file, with its table; out goes a line
 * of JSON for each record, with its values in the order of the columns, and one at the end that says what went wrong.
 * Files of Parquet it writes as well, so that there are some to read.
 *
 * Compiled in memory by Janino, which is among Hive's jars, so that a Java runtime without a compiler will do. Janino knows
 * no lambdas and forgets what lists are of: hence the loops and casts.
 */
public class Serde {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final PrintStream answers;

    private Serde(PrintStream answers) {
        this.answers = answers;
    }

    public static void main(String[] arguments) throws Exception {
        BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Serde serde = new Serde(new PrintStream(System.out, false, "UTF-8"));
        for (String job = jobs.readLine(); job != null; job = jobs.readLine()) {
            serde.end(serde.answer(JSON.readTree(job)));
        }
    }

    /** What is wrong with the table, or nothing. A schema asks for a file instead. */
    private String answer(JsonNode job) throws Exception {
        if (job.has("schema")) {
            Parquet.write(job);
            return null;
        }
        Table table;
        try {
            table = new Table(job.get("table"));
        } catch (Exception failure) {
            return failure.toString();
        }
        Records records = new Records(table, job.get("path").asText());
        for (Writable record = records.next(); record != null; record = records.next()) {
            say(new Answer(table, record, job.get("rounds").asInt()).json());
        }
        records.close();
        return null;
    }

    private void end(String failure) throws Exception {
        say(Collections.singletonMap("end", failure));
        answers.flush();
    }

    private void say(Object answer) throws Exception {
        answers.print(JSON.writeValueAsString(answer));
        answers.print('\n');
    }
}
