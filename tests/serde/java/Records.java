import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapred.FileInputFormat;
import org.apache.hadoop.mapred.InputFormat;
import org.apache.hadoop.mapred.InputSplit;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.JobConfigurable;
import org.apache.hadoop.mapred.RecordReader;
import org.apache.hadoop.mapred.Reporter;

/** The records of one file, as the table's input format cuts it, without the header lines that Hive skips. */
public class Records {
    private final RecordReader reader;
    private final Object key;
    private final Object value;

    Records(Table table, String path) throws Exception {
        JobConf settings = new JobConf(table.settings);
        FileInputFormat.setInputPaths(settings, new Path[] {new Path(path)});
        settings.setLong("mapreduce.input.fileinputformat.split.minsize", Long.MAX_VALUE);
        InputFormat format = table.inputFormat();
        if (format instanceof JobConfigurable) {
            ((JobConfigurable) format).configure(settings);
        }
        InputSplit[] whole = format.getSplits(settings, 1);
        reader = format.getRecordReader(whole[0], settings, Reporter.NULL);
        key = reader.createKey();
        value = reader.createValue();
        for (int skipped = 0; skipped < table.headerLines; skipped++) {
            reader.next(key, value);
        }
    }

    /** The next record, in the place of the one before, or null. */
    Writable next() throws IOException {
        return reader.next(key, value) ? (Writable) value : null;
    }

    void close() throws IOException {
        reader.close();
    }
}
