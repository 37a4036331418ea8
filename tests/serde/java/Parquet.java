import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;

/** Writes a file of Parquet, compressed as AWS does: in comes its schema, and for each record its values in the order of the columns. */
public class Parquet {
    static void write(JsonNode job) throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType(job.get("schema").asText());
        ExampleParquetWriter.Builder builder = ExampleParquetWriter.builder(new Path(job.get("path").asText()));
        builder.withType(schema).withCompressionCodec(CompressionCodecName.GZIP);
        ParquetWriter writer = (ParquetWriter) builder.build();
        for (Iterator rows = job.get("rows").elements(); rows.hasNext();) {
            SimpleGroup record = new SimpleGroup(schema);
            addMembers(record, (JsonNode) rows.next());
            writer.write(record);
        }
        writer.close();
    }

    /** A list has a value for each member. */
    private static void addMembers(Group group, JsonNode values) {
        for (int index = 0; index < values.size(); index++) {
            add(group, index, (JsonNode) values.get(index));
        }
    }

    private static void add(Group group, int index, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        Type type = group.getType().getType(index);
        if (type.isPrimitive()) {
            addSimple(group, index, value);
            return;
        }
        Group inner = group.addGroup(index);
        String kind = String.valueOf(((GroupType) type).getLogicalTypeAnnotation());
        if (kind.equals("LIST")) {
            for (Iterator items = value.elements(); items.hasNext();) {
                add(inner.addGroup(0), 0, (JsonNode) items.next());
            }
        } else if (kind.equals("MAP")) {
            for (Iterator pairs = value.fields(); pairs.hasNext();) {
                Map.Entry pair = (Map.Entry) pairs.next();
                Group entry = inner.addGroup(0);
                entry.add(0, (String) pair.getKey());
                add(entry, 1, (JsonNode) pair.getValue());
            }
        } else {
            addMembers(inner, value);
        }
    }

    private static void addSimple(Group group, int index, JsonNode value) {
        Type type = group.getType().getType(index);
        String physical = type.asPrimitiveType().getPrimitiveTypeName().name();
        if (physical.equals("BOOLEAN")) {
            group.add(index, value.asBoolean());
        } else if (physical.equals("INT32") && value.isTextual()) {
            group.add(index, (int) LocalDate.parse(value.asText()).toEpochDay());
        } else if (physical.equals("INT32")) {
            group.add(index, value.asInt());
        } else if (physical.equals("INT64")) {
            group.add(index, value.asLong());
        } else if (physical.equals("FLOAT")) {
            group.add(index, (float) value.asDouble());
        } else if (physical.equals("DOUBLE")) {
            group.add(index, value.asDouble());
        } else {
            group.add(index, value.asText());
        }
    }
}
