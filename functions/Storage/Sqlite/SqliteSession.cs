using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;
using SQLitePCL;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>
/// A connection and its prepared statements. Used by one thread at a time. A submission takes a hundred statements on its
/// way: they go to SQLite directly, without the commands, parameters and readers of ADO.NET between.
/// </summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, Statement> prepared = [];
    private readonly sqlite3 database = connection.Handle!;

    /// <summary>The version that a document was given last; only the session that writes has one.</summary>
    public long LastVersion { get; set; }

    /// <summary>What is not in the tables of keys yet, by table; only the session that writes has it.</summary>
    public Dictionary<string, RecentKeys> Recent { get; } = [];

    /// <summary>
    /// The documents that were found by keys last, by their container and number, until they are written again: those of a
    /// recurring matter are found again and again. Only the session that writes has them.
    /// </summary>
    public LastKept<(string Container, long Number), FoundDocument> LastFound { get; } = new(6_000);

    /// <summary>The documents with keys that were written since the last commit: no other session sees them as they are.</summary>
    public HashSet<(string Container, long Number)> Uncommitted { get; } = [];

    /// <summary>Runs a statement; parameters are <c>$1</c>, <c>$2</c>, …</summary>
    /// <returns>How many rows an INSERT, UPDATE or DELETE has changed.</returns>
    /// <exception cref="SqliteException">SQLite refuses it.</exception>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Bind(sql, values);
        try
        {
            while (Step(statement)) { }
            return raw.sqlite3_changes(database);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>False where SQLite has rolled a transaction back by itself, too.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(database) == 0;

    /// <summary>How many rows INSERT, UPDATE and DELETE have changed so far.</summary>
    public long Changes => raw.sqlite3_total_changes(database);

    /// <summary>The first column of the first row, or null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Bind(sql, values);
        try
        {
            return Step(statement) ? new SqliteRow(statement).GetValue(0) : null;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>All rows.</summary>
    public List<T> Rows<T>(string sql, Func<SqliteRow, T> map, params ReadOnlySpan<object?> values)
    {
        var statement = Bind(sql, values);
        try
        {
            var rows = new List<T>();
            while (Step(statement))
                rows.Add(map(new(statement)));
            return rows;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Several statements as of one moment: the file is locked and its pages looked for once, not for each.</summary>
    public T AsOfOneMoment<T>(Func<T> read)
    {
        if (InTransaction)
            return read();
        Execute("BEGIN");
        try
        {
            return read();
        }
        finally
        {
            Execute("COMMIT");
        }
    }

    private bool Step(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(result, database);
        return result == raw.SQLITE_ROW;
    }

    private sqlite3_stmt Bind(string sql, ReadOnlySpan<object?> values)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(prepared, sql, out _);
        known ??= Prepare(sql, values.Length);
        for (var i = 0; i < values.Length; i++)
            Bind(known.Handle, known.Places[i], values[i]);
        return known.Handle;
    }

    private static void Bind(sqlite3_stmt statement, int place, object? value)
    {
        switch (value)
        {
            case null:
                raw.sqlite3_bind_null(statement, place);
                break;
            case string text:
                raw.sqlite3_bind_text(statement, place, text);
                break;
            case long number:
                raw.sqlite3_bind_int64(statement, place, number);
                break;
            case int number:
                raw.sqlite3_bind_int64(statement, place, number);
                break;
            case double number:
                raw.sqlite3_bind_double(statement, place, number);
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} cannot be bound.");
        }
    }

    // SQLite numbers parameters in the order in which they first stand in the text.
    private Statement Prepare(string sql, int values)
    {
        var result = raw.sqlite3_prepare_v2(database, sql, out var handle);
        SqliteException.ThrowExceptionForRC(result, database);
        return new(
            handle,
            [
                .. Enumerable
                    .Range(1, values)
                    .Select(n => raw.sqlite3_bind_parameter_index(handle, $"${n}")),
            ]
        );
    }

    public void Dispose()
    {
        foreach (var statement in prepared.Values)
            statement.Handle.Dispose();
        connection.Dispose();
    }

    private sealed record Statement(sqlite3_stmt Handle, int[] Places);
}

/// <summary>The row that a statement has come to; columns count from 0.</summary>
internal readonly struct SqliteRow(sqlite3_stmt statement)
{
    public long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    public string GetString(int column) =>
        raw.sqlite3_column_text(statement, column).utf8_to_string();

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    /// <summary>A text's bytes as they lie there, until the statement goes on.</summary>
    public ReadOnlySpan<byte> GetBytes(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>A long, a double, a string, or null.</summary>
    public object? GetValue(int column) =>
        raw.sqlite3_column_type(statement, column) switch
        {
            raw.SQLITE_NULL => null,
            raw.SQLITE_INTEGER => GetInt64(column),
            raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
            _ => GetString(column),
        };
}
