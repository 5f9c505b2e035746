// The JDBC driver in its own idioms: simple and extended protocol, fetch sizes, server-prepared statements after a
// threshold, batches, generated keys, catalog metadata, COPY, cancel.

import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.*;
import java.time.*;
import java.util.*;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

public final class Jdbc {
    static final String URL = "jdbc:postgresql://" + System.getenv("PGHOST") + ":" + System.getenv("PGPORT") + "/" + System.getenv("PGDATABASE");

    interface Action { void run() throws SQLException; }

    static Connection connect(String... settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", System.getenv("PGUSER"));
        properties.setProperty("password", System.getenv("PGPASSWORD"));
        for (int i = 0; i < settings.length; i += 2) properties.setProperty(settings[i], settings[i + 1]);
        return DriverManager.getConnection(URL, properties);
    }

    static String quoted(Object value) {
        if (value == null) return "null";
        if (value instanceof byte[] bytes) return quoted("bytes " + HexFormat.of().formatHex(bytes));
        if (value instanceof java.sql.Array array) {
            try { return quoted(array.getBaseTypeName() + " " + array); } catch (SQLException e) { return quoted(e.toString()); }
        }
        StringBuilder text = new StringBuilder("\"");
        for (char c : value.toString().toCharArray()) {
            if (c == '"' || c == '\\') text.append('\\').append(c);
            else if (c < ' ') text.append(String.format("\\u%04x", (int) c));
            else text.append(c);
        }
        return text.append('"').toString();
    }

    static void step(String name, Object... facts) {
        StringBuilder line = new StringBuilder("{\"step\": " + quoted(name));
        for (int i = 0; i < facts.length; i += 2) line.append(", ").append(quoted(facts[i])).append(": ").append(quoted(facts[i + 1]));
        System.out.println(line.append("}"));
    }

    /** Prints names, types and rows of a result. */
    static void show(String name, ResultSet result) throws SQLException {
        ResultSetMetaData meta = result.getMetaData();
        StringBuilder columns = new StringBuilder();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.append(meta.getColumnLabel(i)).append(':').append(meta.getColumnTypeName(i)).append('(')
                .append(meta.getPrecision(i)).append(',').append(meta.getScale(i)).append(") ");
        }
        step(name, "columns", columns);
        while (result.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= meta.getColumnCount(); i++) row.append(quoted(result.getObject(i))).append(' ');
            step(name, "row", row);
        }
    }

    static void fails(Connection connection, String name, Action action) throws SQLException {
        try {
            action.run();
            step(name, "error", null);
        } catch (PSQLException error) {
            ServerErrorMessage server = error.getServerErrorMessage();
            if (server == null) { step(name, "state", error.getSQLState(), "text", error.getMessage()); }
            else step(name, "state", server.getSQLState(), "severity", server.getSeverity(), "message", server.getMessage(),
                "detail", server.getDetail(), "hint", server.getHint(), "position", server.getPosition(), "where", server.getWhere(),
                "schema", server.getSchema(), "table", server.getTable(), "column", server.getColumn(), "constraint", server.getConstraint());
            if (!connection.getAutoCommit()) connection.rollback();
        }
    }

    static void values(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
            "SELECT ?::bool, ?::int2, ?::int4, ?::int8, ?::numeric, ?::float8, ?::text, decode(?, 'hex'), ?::date, ?::timestamp, ?::timestamptz, ?::jsonb, ?::uuid, ?::text[]")) {
            for (int round = 0; round < 7; round++) {    // the driver turns to binary results on its way
                statement.setBoolean(1, round % 2 == 0);
                statement.setShort(2, (short) round);
                statement.setInt(3, -round);
                statement.setLong(4, 1L << 40);
                statement.setBigDecimal(5, new BigDecimal("12345.6789"));
                statement.setDouble(6, 0.1);
                statement.setString(7, round == 3 ? null : "中文 🏠 '\"\\");
                statement.setString(8, "00ff");
                statement.setObject(9, LocalDate.of(2024, 2, 29));
                statement.setObject(10, LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4000));
                statement.setObject(11, OffsetDateTime.of(2024, 2, 29, 1, 2, 3, 0, ZoneOffset.UTC));
                statement.setString(12, "{\"a\": [1, null]}");
                statement.setObject(13, new UUID(0, 7));
                statement.setArray(14, connection.createArrayOf("text", new Object[] {"a", null, "b,\"c"}));
                show("values", statement.executeQuery());
            }
            ParameterMetaData meta = statement.getParameterMetaData();
            step("parameters", "count", meta.getParameterCount(), "first", meta.getParameterTypeName(1), "last", meta.getParameterTypeName(14));
        }
    }

    static void bytes(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT ?::bytea AS raw")) {
            for (int size : new int[] {0, 1, 40, 40, 40, 40}) {
                statement.setBytes(1, new byte[size]);
                show("bytes", statement.executeQuery());
            }
        }
    }

    static void writes(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
            "INSERT INTO drivers.item (label, quantity, price) VALUES (?, ?, ?)", Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, "first"); insert.setInt(2, 1); insert.setBigDecimal(3, new BigDecimal("9.90"));
            step("insert", "count", insert.executeUpdate());
            show("generated keys", insert.getGeneratedKeys());
            for (int i = 0; i < 6; i++) {
                insert.setString(1, "batch " + i); insert.setInt(2, i); insert.setNull(3, Types.NUMERIC); insert.addBatch();
            }
            step("batch", "counts", Arrays.toString(insert.executeBatch()));
        }
        fails(connection, "batch with error", () -> {
            try (Statement batch = connection.createStatement()) {
                batch.addBatch("INSERT INTO drivers.item (label) VALUES ('good')");
                batch.addBatch("INSERT INTO drivers.item (label) VALUES ('first')");
                batch.addBatch("INSERT INTO drivers.item (label) VALUES ('never')");
                batch.executeBatch();
            } catch (BatchUpdateException error) {
                step("batch update", "counts", Arrays.toString(error.getUpdateCounts()));
                throw (SQLException) error.getCause();
            }
        });
        try (Statement statement = connection.createStatement()) {
            step("update", "count", statement.executeUpdate("UPDATE drivers.item SET quantity = 9 WHERE quantity > 3"));
            boolean more = statement.execute("SELECT 1 AS a; UPDATE drivers.item SET flag = true WHERE id = 1; SELECT 'x' AS b");
            while (more || statement.getUpdateCount() != -1) {
                if (more) show("several", statement.getResultSet()); else step("several", "count", statement.getUpdateCount());
                more = statement.getMoreResults();
            }
            show("select", statement.executeQuery("SELECT id, label, quantity, price FROM drivers.item ORDER BY id"));
        }
        try (Statement statement = connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            ResultSet rows = statement.executeQuery("SELECT id, label FROM drivers.item ORDER BY id");
            rows.last(); rows.updateString(2, "renamed"); rows.updateRow();
            rows.absolute(1); rows.refreshRow();
            step("updatable", "first", rows.getString(2), "isLast", rows.isLast());
        }
    }

    static void windows(Connection connection, String query) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setFetchSize(3);
            show("fetch size", statement.executeQuery());
            statement.setMaxRows(2);
            show("max rows", statement.executeQuery());
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    static void transactions(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO drivers.item (label) VALUES ('outer')");
            Savepoint savepoint = connection.setSavepoint("spot");
            try { statement.executeUpdate("INSERT INTO drivers.item (label) VALUES ('outer')"); }
            catch (SQLException error) { step("savepoint", "state", error.getSQLState()); connection.rollback(savepoint); }
            show("survives", statement.executeQuery("SELECT label FROM drivers.item WHERE label = 'outer'"));
        }
        connection.rollback();
        fails(connection, "syntax", () -> connection.createStatement().execute("SELECT 1 FRM x"));
        fails(connection, "no column", () -> connection.createStatement().execute("SELECT nothing FROM drivers.item"));
        fails(connection, "division", () -> connection.createStatement().execute("SELECT 1/0"));
        fails(connection, "foreign key", () -> connection.createStatement().execute("INSERT INTO drivers.line VALUES (-1, 1)"));
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        connection.setReadOnly(true);
        step("isolation", "level", connection.getTransactionIsolation());
        fails(connection, "read only", () -> connection.createStatement().execute("INSERT INTO drivers.item (label) VALUES ('y')"));
        connection.setReadOnly(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(true);
    }

    static void metadata(Connection connection, String schema, String table) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        step("product", "name", meta.getDatabaseProductName(), "version", meta.getDatabaseProductVersion());
        names("tables", meta.getTables(null, schema, "%", new String[] {"TABLE", "VIEW"}), "TABLE_NAME", "TABLE_TYPE", "REMARKS");
        names("columns", meta.getColumns(null, schema, table, "%"), "COLUMN_NAME", "TYPE_NAME", "COLUMN_SIZE", "IS_NULLABLE", "COLUMN_DEF");
        names("keys", meta.getPrimaryKeys(null, schema, table), "COLUMN_NAME", "KEY_SEQ", "PK_NAME");
        names("indexes", meta.getIndexInfo(null, schema, table, false, true), "INDEX_NAME", "COLUMN_NAME", "NON_UNIQUE");
        names("exported", meta.getExportedKeys(null, schema, table), "FKTABLE_NAME", "FKCOLUMN_NAME", "FK_NAME");
        names("schemas", meta.getSchemas(), "TABLE_SCHEM");
        names("types", meta.getTypeInfo(), "TYPE_NAME");
    }

    static void names(String name, ResultSet result, String... columns) throws SQLException {
        List<String> lines = new ArrayList<>();
        while (result.next()) {
            StringBuilder line = new StringBuilder();
            for (String column : columns) line.append(result.getString(column)).append('|');
            // what other programs make for themselves
            boolean temporary = line.indexOf("pg_temp") >= 0 || line.indexOf("pg_toast_temp") >= 0 || line.toString().equals("_mine|");
            if (!temporary) lines.add(line.toString());
        }
        step(name, "found", lines);
    }

    static void copies(Connection connection) throws Exception {
        connection.createStatement().execute("CREATE TEMP TABLE landing (n int, t text)");
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 3000; i++) lines.append(i).append("\t行 ").append(i).append('\n');
        step("copy in", "count", copy.copyIn("COPY landing FROM STDIN", new StringReader(lines.toString())));
        StringWriter out = new StringWriter();
        step("copy out", "count", copy.copyOut("COPY (SELECT * FROM landing WHERE n < 5 ORDER BY n) TO STDOUT CSV", out), "data", out);
        fails(connection, "copy fails", () -> {
            try { copy.copyIn("COPY landing FROM STDIN", new StringReader("x\ty\n")); }
            catch (java.io.IOException error) { throw new SQLException(error); }
        });
    }

    static void news(Connection connection) throws Exception {
        try (Connection listener = connect(); Statement statement = connection.createStatement()) {
            listener.createStatement().execute("LISTEN items");
            statement.execute("INSERT INTO drivers.item (label) VALUES ('told')");
            statement.execute("NOTIFY items, '二'");
            var api = listener.unwrap(PGConnection.class);
            int heard = 0;
            while (heard < 2) {
                for (var note : api.getNotifications(20000)) { step("heard", "channel", note.getName(), "payload", note.getParameter()); heard++; }
            }
            statement.execute("SELECT drivers.shout('jdbc')");
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning())
                step("warning", "state", warning.getSQLState(), "text", warning.getMessage());
        }
    }

    static void cancelled(Connection connection) throws Exception {
        Statement statement = connection.createStatement();
        int pid = connection.unwrap(PGConnection.class).getBackendPID();
        Thread canceller = new Thread(() -> {
            try (Connection other = connect(); PreparedStatement asleep = other.prepareStatement(
                "SELECT count(*) FROM pg_stat_activity WHERE pid = ? AND state = 'active' AND wait_event = 'PgSleep'")) {
                asleep.setInt(1, pid);
                while (true) {
                    ResultSet result = asleep.executeQuery(); result.next();
                    if (result.getInt(1) > 0) { statement.cancel(); return; }
                    Thread.sleep(20);
                }
            } catch (Exception error) { throw new IllegalStateException(error); }
        });
        canceller.start();
        fails(connection, "cancelled", () -> statement.execute("SELECT pg_sleep(60)"));
        canceller.join();
        statement.setQueryTimeout(1);
        fails(connection, "query timeout", () -> statement.execute("SELECT pg_sleep(60)"));
        statement.setQueryTimeout(0);
        show("still alive", statement.executeQuery("SELECT 1 AS one"));
    }

    static void full() throws Exception {
        try (Connection connection = connect("prepareThreshold", "3")) {
            values(connection);
            bytes(connection);
            writes(connection);
            windows(connection, "SELECT id, label, price FROM drivers.item ORDER BY id");
            transactions(connection);
            metadata(connection, "drivers", "item");
            copies(connection);
            news(connection);
            cancelled(connection);
        }
        try (Connection connection = connect("preferQueryMode", "simple")) {
            values(connection);
            windows(connection, "SELECT id, label FROM drivers.item ORDER BY id");
        }
        try (Connection connection = connect("reWriteBatchedInserts", "true", "autosave", "always", "currentSchema", "drivers,public", "binaryTransfer", "true");
             PreparedStatement insert = connection.prepareStatement("INSERT INTO item (label, quantity) VALUES (?, ?)")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 20; i++) { insert.setString(1, "rewritten " + i); insert.setInt(2, i); insert.addBatch(); }
            step("rewritten batch", "counts", Arrays.toString(insert.executeBatch()));
            try { connection.createStatement().execute("SELECT 1/0"); } catch (SQLException error) { step("autosave", "state", error.getSQLState()); }
            show("transaction lives", connection.createStatement().executeQuery("SELECT count(*) FROM item WHERE label LIKE 'rewritten%'"));
            connection.commit();
        }
    }

    static void reads(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            show("whole table", statement.executeQuery("SELECT * FROM housing.buyers ORDER BY id LIMIT 10"));
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT id, name, phone FROM housing.buyers WHERE id = ?")) {
            for (int i = 1; i < 9; i++) { statement.setInt(1, i); show("by id", statement.executeQuery()); }
        }
        windows(connection, "SELECT id, name, phone, id_no FROM housing.buyers WHERE id <= 12 ORDER BY id");
        fails(connection, "cast fails", () -> connection.createStatement().execute("SELECT phone::int FROM housing.buyers ORDER BY id LIMIT 1"));
    }

    static void read() throws Exception {
        try (Connection connection = connect("prepareThreshold", "3")) {
            reads(connection);
            metadata(connection, "housing", "buyers");
            StringWriter out = new StringWriter();
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY (SELECT id, phone FROM housing.buyers WHERE id < 9 ORDER BY id) TO STDOUT", out);
            step("copy", "data", out);
        }
        try (Connection connection = connect("preferQueryMode", "simple", "currentSchema", "housing")) { reads(connection); }
        try (Connection connection = connect("autosave", "always")) { reads(connection); }
    }

    public static void main(String[] arguments) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        System.setOut(new java.io.PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, java.nio.charset.StandardCharsets.UTF_8));
        if ("read".equals(System.getenv("SCOPE"))) read(); else full();
    }
}
