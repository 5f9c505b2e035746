import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** JDBC: what DatabaseMetaData and ResultSetMetaData ask, by which tools on the JVM look around. */
public class Metadata {
    interface Ask { Object run() throws Exception; }

    static Connection marker;

    static void ask(String title, Ask ask) throws Exception {
        marker.createStatement().execute("SELECT 'mark: jdbc: " + title + "'");
        try {
            Object result = ask.run();
            if (result instanceof ResultSet rows) { while (rows.next()) rows.getObject(1); rows.close(); }
        } catch (SQLException error) { System.out.println(title + ": " + error.getMessage()); }
    }

    static Connection connect(String... more) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", System.getenv().getOrDefault("LEGIT_USER", "clerk"));
        for (int i = 0; i < more.length; i += 2) properties.setProperty(more[i], more[i + 1]);
        return DriverManager.getConnection("jdbc:postgresql://" + System.getenv("PGHOST") + ":" + System.getenv("PGPORT") + "/" + System.getenv("PGDATABASE"), properties);
    }

    public static void main(String[] arguments) throws Exception {
        marker = connect("preferQueryMode", "simple");
        try (Connection connection = connect()) { metadata(connection.getMetaData()); results(connection); }
    }

    static void metadata(DatabaseMetaData meta) throws Exception {
        String schema = "housing", table = "buyers";
        ask("getTables", () -> meta.getTables(null, schema, "%", null));
        ask("getTables of kinds", () -> meta.getTables(null, null, "%", new String[] {"TABLE", "VIEW", "MATERIALIZED VIEW", "PARTITIONED TABLE", "SEQUENCE", "SYSTEM TABLE", "TEMPORARY TABLE", "FOREIGN TABLE", "TYPE"}));
        ask("getTables by pattern", () -> meta.getTables(null, "hous%", "b%s", new String[] {"TABLE"}));
        ask("getColumns", () -> meta.getColumns(null, schema, table, "%"));
        ask("getColumns of all", () -> meta.getColumns(null, "app", "%", null));
        ask("getPrimaryKeys", () -> meta.getPrimaryKeys(null, schema, "co_buyers"));
        ask("getImportedKeys", () -> meta.getImportedKeys(null, schema, "contracts"));
        ask("getExportedKeys", () -> meta.getExportedKeys(null, schema, table));
        ask("getCrossReference", () -> meta.getCrossReference(null, schema, table, null, schema, "contracts"));
        ask("getIndexInfo", () -> meta.getIndexInfo(null, schema, table, false, true));
        ask("getIndexInfo, unique", () -> meta.getIndexInfo(null, schema, "projects", true, false));
        ask("getBestRowIdentifier", () -> meta.getBestRowIdentifier(null, schema, table, DatabaseMetaData.bestRowSession, true));
        ask("getVersionColumns", () -> meta.getVersionColumns(null, schema, table));
        ask("getTypeInfo", meta::getTypeInfo);
        ask("getUDTs", () -> meta.getUDTs(null, schema, "%", null));
        ask("getProcedures", () -> meta.getProcedures(null, schema, "%"));
        ask("getProcedureColumns", () -> meta.getProcedureColumns(null, schema, "%", "%"));
        ask("getFunctions", () -> meta.getFunctions(null, schema, "%"));
        ask("getFunctionColumns", () -> meta.getFunctionColumns(null, schema, "buyers_of", "%"));
        ask("getSchemas", meta::getSchemas);
        ask("getSchemas by pattern", () -> meta.getSchemas(null, "hous%"));
        ask("getCatalogs", meta::getCatalogs);
        ask("getTableTypes", meta::getTableTypes);
        ask("getTablePrivileges", () -> meta.getTablePrivileges(null, schema, table));
        ask("getColumnPrivileges", () -> meta.getColumnPrivileges(null, schema, table, "%"));
        ask("getClientInfoProperties", meta::getClientInfoProperties);
        ask("key words and functions", () -> meta.getSQLKeywords() + meta.getStringFunctions() + meta.getMaxColumnNameLength() + meta.getMaxConnections());
        ask("user and isolation", () -> meta.getUserName() + meta.getDefaultTransactionIsolation() + meta.getURL() + meta.isReadOnly());
    }

    static void results(Connection connection) throws Exception {
        ask("schema and catalog", () -> connection.getSchema() + connection.getCatalog());
        ask("schema set", () -> { connection.setSchema("housing"); connection.setSchema("public"); return null; });
        ask("validity", () -> connection.isValid(2));
        ask("transaction isolation", () -> connection.getTransactionIsolation());
        ask("columns of a result", () -> {
            try (Statement statement = connection.createStatement()) {
                ResultSet rows = statement.executeQuery("SELECT id, name, phone AS p, born FROM housing.buyers ORDER BY id LIMIT 3");
                for (int i = 1; i <= 4; i++) { rows.getMetaData().isNullable(i); rows.getMetaData().isAutoIncrement(i); rows.getMetaData().getTableName(i); }
            }
            return null;
        });
        ask("enumeration and array", () -> {
            ResultSet rows = connection.createStatement().executeQuery("SELECT status, ARRAY[status] AS s FROM housing.units WHERE id < 3 ORDER BY id");
            while (rows.next()) { rows.getObject(1); rows.getArray(2).getArray(); rows.getArray(2).getBaseTypeName(); }
            return null;
        });
        ask("types of parameters", () -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT id FROM housing.buyers WHERE level = ? AND born < ? ORDER BY id")) {
                statement.getParameterMetaData().getParameterTypeName(1);
                statement.getMetaData().getColumnTypeName(1);
                statement.setInt(1, 2); statement.setObject(2, java.time.LocalDate.of(1980, 1, 1)); statement.executeQuery();
            }
            return null;
        });
        ask("fetch size", () -> {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(50);
                ResultSet rows = statement.executeQuery("SELECT id, phone FROM housing.buyers ORDER BY id");
                while (rows.next()) rows.getString(2);
            }
            connection.rollback();
            connection.setAutoCommit(true);
            return null;
        });
        ask("updatable result", () -> {
            try (Statement statement = connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
                ResultSet rows = statement.executeQuery("SELECT id, name FROM housing.agents ORDER BY id");
                rows.last(); rows.refreshRow();
            }
            return null;
        });
        ask("read only, serializable", () -> {
            connection.setReadOnly(true); connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
            connection.createStatement().executeQuery("SELECT count(*) FROM housing.buyers"); connection.commit();
            connection.setAutoCommit(true); connection.setReadOnly(false); connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return null;
        });
        ask("savepoint", () -> {
            connection.setAutoCommit(false);
            var point = connection.setSavepoint("p"); connection.createStatement().executeQuery("SELECT max(phone) FROM housing.buyers");
            connection.rollback(point); connection.releaseSavepoint(point); connection.commit(); connection.setAutoCommit(true);
            return null;
        });
    }
}
