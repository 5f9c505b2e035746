// The JDBC driver while its account is slowed: it waits for every row, can cancel at once, and goes on. Its socket
// times out after three seconds of silence.

import java.sql.*;
import java.util.*;

public final class Paced {
    static final String URL = "jdbc:postgresql://" + System.getenv("PGHOST") + ":" + System.getenv("PGPORT") + "/" + System.getenv("PGDATABASE");
    static final String PEOPLE = "SELECT id, phone FROM crm.buyers WHERE id <= ? ORDER BY id";

    interface Action { void run() throws SQLException; }

    static Connection connect(String... settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", System.getenv("PGUSER"));
        properties.setProperty("password", System.getenv("PGPASSWORD"));
        properties.setProperty("socketTimeout", "3");
        for (int i = 0; i < settings.length; i += 2) properties.setProperty(settings[i], settings[i + 1]);
        return DriverManager.getConnection(URL, properties);
    }

    static void step(String name, long began, String facts) {
        System.out.println("{\"step\": \"" + name + "\", \"milliseconds\": " + (System.nanoTime() - began) / 1_000_000 + ", " + facts + "}");
    }

    static String read(ResultSet result) throws SQLException {
        StringJoiner rows = new StringJoiner(", ", "[", "]");
        while (result.next()) rows.add("[" + result.getInt(1) + ", \"" + result.getString(2) + "\"]");
        return rows.toString();
    }

    static void waited(String name, Connection connection, int people, int fetchSize) throws SQLException {
        long began = System.nanoTime();
        try (PreparedStatement statement = connection.prepareStatement(PEOPLE)) {
            statement.setFetchSize(fetchSize);
            statement.setInt(1, people);
            step(name, began, "\"rows\": " + read(statement.executeQuery()));
        }
    }

    static void cancelled(String name, Connection connection, int fetchSize, boolean byTimeout) throws Exception {
        try (PreparedStatement statement = connection.prepareStatement(PEOPLE)) {
            statement.setFetchSize(fetchSize);
            statement.setInt(1, 400);
            if (byTimeout) statement.setQueryTimeout(1);
            long[] at = { System.nanoTime() + 1_000_000_000L };
            Thread canceller = new Thread(() -> {
                try {
                    Thread.sleep(1000);
                    at[0] = System.nanoTime();
                    if (!byTimeout) statement.cancel();
                } catch (Exception error) { throw new IllegalStateException(error); }
            });
            canceller.start();
            String sqlstate = null;
            try { read(statement.executeQuery()); } catch (SQLException error) { sqlstate = error.getSQLState(); }
            long ended = System.nanoTime();
            canceller.join();
            if (!connection.getAutoCommit()) connection.rollback();
            try (Statement after = connection.createStatement(); ResultSet one = after.executeQuery("SELECT 1, pg_typeof(1)::text")) {
                one.next();
                long offset = System.nanoTime() - (ended - at[0]);
                step(name, offset, "\"sqlstate\": \"" + sqlstate + "\", \"after\": [" + one.getInt(1) + ", \"" + one.getString(2) + "\"]");
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        try (Connection connection = connect()) {
            waited("whole", connection, 40, 0);
            connection.setAutoCommit(false);
            waited("window", connection, 20, 7);
            connection.commit();
            cancelled("window cancelled", connection, 50, false);
            connection.setAutoCommit(true);
            cancelled("cancel", connection, 0, false);
            cancelled("query timeout", connection, 0, true);
            waited("afterwards", connection, 3, 0);
        }
        try (Connection connection = connect("preferQueryMode", "simple")) {
            waited("simple", connection, 20, 0);
            cancelled("simple cancelled", connection, 0, false);
        }
    }
}
