import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.hive.serde2.AbstractSerDe;
import org.apache.hadoop.hive.serde2.objectinspector.ObjectInspectorUtils;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapred.InputFormat;
import org.apache.hadoop.mapred.JobConf;

/** A table as Glue holds it: the classes that it names, told what it tells them. */
public class Table {
    final JobConf settings = new JobConf(false);
    final int headerLines;
    private final JsonNode table;
    private final AbstractSerDe serde;

    Table(JsonNode table) throws Exception {
        this.table = table;
        JsonNode header = table.get("parameters").get("skip.header.line.count");
        headerLines = header == null ? 0 : header.asInt();
        serde = (AbstractSerDe) made(table.get("serde_library").asText());
        Properties properties = properties();
        // Parquet's input format asks there what to read.
        settings.set("columns", properties.getProperty("columns"));
        settings.set("columns.types", properties.getProperty("columns.types"));
        serde.initialize(settings, properties);
    }

    InputFormat inputFormat() throws Exception {
        return (InputFormat) made(table.get("input_format").asText());
    }

    /** The values of one record, nested ones as lists and maps. */
    Object row(Writable record) throws Exception {
        return ObjectInspectorUtils.copyToStandardJavaObject(serde.deserialize(record), serde.getObjectInspector());
    }

    private static Object made(String name) throws Exception {
        return Class.forName(name).getDeclaredConstructor().newInstance();
    }

    private Properties properties() {
        Properties properties = new Properties();
        put(properties, table.get("parameters"));
        put(properties, table.get("serde_parameters"));
        properties.setProperty("columns", joined("name", ","));
        properties.setProperty("columns.types", joined("ty", ":"));
        properties.setProperty("columns.comments", joined("comment", "\0"));
        return properties;
    }

    private static void put(Properties properties, JsonNode pairs) {
        for (Iterator all = pairs.fields(); all.hasNext();) {
            Map.Entry pair = (Map.Entry) all.next();
            properties.setProperty((String) pair.getKey(), ((JsonNode) pair.getValue()).asText());
        }
    }

    private String joined(String what, String separator) {
        StringBuilder joined = new StringBuilder();
        for (Iterator columns = table.get("columns").elements(); columns.hasNext();) {
            String text = ((JsonNode) columns.next()).get(what).asText();
            joined.append(joined.length() == 0 ? "" : separator).append(text);
        }
        return joined.toString();
    }
}
