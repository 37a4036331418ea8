import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.io.Writable;

/** What became of one record. With rounds, also the shortest time that one of them took, in milliseconds. */
public class Answer {
    private final Map json = new LinkedHashMap();

    Answer(Table table, Writable record, int rounds) {
        try {
            json.put("row", plain(table.row(record)));
            for (int round = 0; round < rounds; round++) {
                time(table, record);
            }
        } catch (Exception failure) {
            json.put("error", failure.toString());
        } catch (Error failure) {
            json.put("error", failure.toString());
        }
    }

    Map json() {
        return json;
    }

    private void time(Table table, Writable record) throws Exception {
        long start = System.nanoTime();
        table.row(record);
        double taken = (System.nanoTime() - start) / 1e6;
        Double before = (Double) json.get("milliseconds");
        json.put("milliseconds", before == null ? taken : Math.min(taken, before.doubleValue()));
    }

    /** As JSON has it: numbers and truth stay, everything else that is no list and no map is text. */
    private static Object plain(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value instanceof Float ? Double.valueOf(((Float) value).doubleValue()) : value;
        }
        if (value instanceof List) {
            List items = new ArrayList();
            for (Iterator all = ((List) value).iterator(); all.hasNext();) {
                items.add(plain(all.next()));
            }
            return items;
        }
        if (value instanceof Map) {
            Map pairs = new LinkedHashMap();
            for (Iterator all = ((Map) value).entrySet().iterator(); all.hasNext();) {
                Map.Entry pair = (Map.Entry) all.next();
                pairs.put(String.valueOf(pair.getKey()), plain(pair.getValue()));
            }
            return pairs;
        }
        return value.toString();
    }
}
