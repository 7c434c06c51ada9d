namespace OpinionPipeline.CosmosStandIn;

/// <summary>What goes wrong, and when.</summary>
public enum Fault
{
    /// <summary>429 with x-ms-retry-after-ms.</summary>
    Throttled,

    /// <summary>449: another write to the document is under way.</summary>
    RetryWith,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>The write takes place, the answer never comes.</summary>
    LostAnswer,
}

/// <summary>Faults waiting for requests that they fit.</summary>
public sealed class Faults
{
    private readonly Lock gate = new();
    private readonly List<(Fault Fault, Func<Request, bool> Fits, int Left)> waiting = [];

    /// <summary>How many faults took place.</summary>
    public int Struck { get; private set; }

    /// <summary>Lets the next requests that fit fail.</summary>
    public void Add(Fault fault, int times, Func<Request, bool>? fits = null)
    {
        lock (gate)
            waiting.Add(
                (fault, fits ?? (r => r.Path.Contains("/docs", StringComparison.Ordinal)), times)
            );
    }

    internal Fault? Take(Request request)
    {
        lock (gate)
            for (var i = 0; i < waiting.Count; i++)
            {
                var (fault, fits, left) = waiting[i];
                if (!fits(request))
                    continue;
                if (left == 1)
                    waiting.RemoveAt(i);
                else
                    waiting[i] = (fault, fits, left - 1);
                Struck++;
                return fault;
            }
        return null;
    }
}
