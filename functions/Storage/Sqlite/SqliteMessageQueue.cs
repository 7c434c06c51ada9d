using System.Globalization;
using OpinionPipeline.Pipeline.Queues;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>The queue contract in a table of the <see cref="SqliteDatabase"/>.</summary>
public sealed class SqliteMessageQueue(SqliteDatabase database, TimeProvider time) : IMessageQueue
{
    public Task SendAsync(
        string queue,
        IReadOnlyList<string> bodies,
        TimeSpan delay,
        CancellationToken cancellation
    )
    {
        var visible = Now + (long)delay.TotalMilliseconds;
        // Wrapped here, where the sender's trace is.
        var texts = bodies.Select(Envelope.Wrap).ToList();
        return database.WriteAsync(
            session =>
            {
                foreach (var body in texts)
                    session.Execute(
                        "INSERT INTO messages(queue, body, visible) VALUES($1, $2, $3)",
                        queue,
                        body,
                        visible
                    );
                return bodies.Count;
            },
            Durability.Ordered,
            cancellation
        );
    }

    public Task<IReadOnlyList<Message>> ReceiveAsync(
        string queue,
        int max,
        TimeSpan visibility,
        CancellationToken cancellation
    )
    {
        // An empty queue is asked often: look before taking the writer's time.
        var now = Now;
        var waiting = database.ReadAsWriter(session =>
            session.Scalar(
                "SELECT 1 FROM messages WHERE queue=$1 AND visible<=$2 LIMIT 1",
                queue,
                now
            )
        );
        return waiting is null
            ? Task.FromResult<IReadOnlyList<Message>>([])
            : database.WriteAsync<IReadOnlyList<Message>>(
                session => Take(session, queue, max, now, now + (long)visibility.TotalMilliseconds),
                Durability.Ordered,
                cancellation
            );
    }

    private static List<Message> Take(
        SqliteSession session,
        string queue,
        int max,
        long now,
        long until
    )
    {
        var taken = new List<Message>();
        while (taken.Count < max)
        {
            var next = session.Rows(
                "SELECT seq, body, taken FROM messages WHERE queue=$1 AND visible<=$2 ORDER BY seq LIMIT $3",
                r => (Seq: r.GetInt64(0), Body: r.GetString(1), Taken: (int)r.GetInt64(2) + 1),
                queue,
                now,
                max - taken.Count
            );
            if (next.Count == 0)
                break;
            foreach (var (seq, body, count) in next)
            {
                if (count > QueueNames.MaxDequeueCount)
                {
                    session.Execute(
                        "INSERT INTO poison(seq, queue, body, since) VALUES($1, $2, $3, $4)",
                        seq,
                        queue,
                        body,
                        now
                    );
                    session.Execute("DELETE FROM messages WHERE seq=$1", seq);
                    continue;
                }
                var receipt = $"{seq}.{count}.{until}";
                session.Execute(
                    "UPDATE messages SET visible=$2, taken=$3, receipt=$4 WHERE seq=$1",
                    seq,
                    // Hidden for at least a moment, or this loop would take it again.
                    Math.Max(until, now + 1),
                    count,
                    receipt
                );
                taken.Add(new(queue, Text(seq), body, count, receipt));
            }
        }
        return taken;
    }

    public Task<bool> DeleteAsync(Message message, CancellationToken cancellation) =>
        database.WriteAsync(
            session =>
                session.Execute(
                    "DELETE FROM messages WHERE seq=$1 AND receipt=$2",
                    Number(message.Id),
                    message.PopReceipt
                ) > 0,
            Durability.Ordered,
            cancellation
        );

    public Task<Message?> RenewAsync(
        Message message,
        TimeSpan visibility,
        CancellationToken cancellation
    )
    {
        var until = Now + (long)visibility.TotalMilliseconds;
        var renewed = message with { PopReceipt = $"{message.Id}.{message.DequeueCount}.{until}" };
        return database.WriteAsync(
            session =>
                session.Execute(
                    "UPDATE messages SET visible=$3, receipt=$4 WHERE seq=$1 AND receipt=$2",
                    Number(message.Id),
                    message.PopReceipt,
                    until,
                    renewed.PopReceipt
                ) > 0
                    ? renewed
                    : null,
            Durability.Ordered,
            cancellation
        );
    }

    public Task<long> CountAsync(string queue, CancellationToken cancellation) =>
        Task.FromResult(
            database.Read(session =>
                (long)session.Scalar("SELECT count(*) FROM messages WHERE queue=$1", queue)!
            )
        );

    /// <inheritdoc/>
    /// <remarks>What has been taken counts again from when it became visible again.</remarks>
    public Task<DateTimeOffset?> OldestAsync(string queue, CancellationToken cancellation) =>
        Task.FromResult(
            database.Read(session =>
                session.Scalar(
                    "SELECT min(visible) FROM messages WHERE queue=$1 AND visible<=$2",
                    queue,
                    Now
                )
                    is long since
                    ? DateTimeOffset.FromUnixTimeMilliseconds(since)
                    : (DateTimeOffset?)null
            )
        );

    public Task<IReadOnlyList<PoisonMessage>> PoisonAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<PoisonMessage>>(
            database.Read(session =>
                session.Rows(
                    "SELECT seq, queue, body, since FROM poison ORDER BY seq LIMIT 1000",
                    r => new PoisonMessage(
                        Text(r.GetInt64(0)),
                        r.GetString(1),
                        Envelope.Open(r.GetString(2)).Body,
                        DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(3))
                    )
                )
            )
        );

    public Task<bool> RetryPoisonAsync(string id, CancellationToken cancellation) =>
        database.WriteAsync(
            session =>
                session.Execute(
                    "INSERT INTO messages(queue, body, visible) SELECT queue, body, $2 FROM poison WHERE seq=$1",
                    Number(id),
                    Now
                ) > 0
                && session.Execute("DELETE FROM poison WHERE seq=$1", Number(id)) > 0,
            Durability.Synced,
            cancellation
        );

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Text(long seq) => seq.ToString(CultureInfo.InvariantCulture);

    // An id that is no number is no message's.
    private static long Number(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : -1;
}
