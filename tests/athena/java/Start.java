/** Trino's server, until stdin ends: it goes with whoever started it, whatever becomes of them. */
public class Start {
    public static void main(String[] arguments) throws java.io.IOException {
        new io.trino.server.Server().start(arguments[0]);
        while (System.in.read() >= 0) {
        }
        Runtime.getRuntime().halt(0);
    }
}
