namespace OpinionPipeline.Pipeline.Accounts;

/// <summary>
/// 积分规则: what is worth how much, and from which day. A rule holds until a later one for the same event, so that what
/// was earned under the old rules stays as it was.
/// </summary>
public sealed class PointRules
{
    private volatile ILookup<PointEvent, PointRule> latestFirst;

    /// <summary>The rules, in any order.</summary>
    public PointRules(IReadOnlyList<PointRule> rules) =>
        latestFirst = rules.OrderByDescending(r => r.From).ToLookup(r => r.Event);

    /// <summary>A county that keeps no points.</summary>
    public static PointRules None => new([]);

    /// <summary>False where the county keeps no points.</summary>
    public bool Any => latestFirst.Count > 0;

    /// <summary>The rule that holds for an event on a day; null where none holds yet: then it is worth nothing.</summary>
    public PointRule? On(PointEvent what, DateOnly day) =>
        latestFirst[what].FirstOrDefault(r => r.From <= day);

    /// <summary>From now on this is the other; see <see cref="County.CountyDirectory"/>.</summary>
    internal void Become(PointRules other) => latestFirst = other.latestFirst;
}

/// <summary>What an event is worth from a day on.</summary>
/// <param name="From">The first day.</param>
/// <param name="Event">What happened.</param>
/// <param name="Points">Points for each station, undivided.</param>
/// <param name="Combined">综合采用: the part of them, 0 to 1, where the report was taken up together with others.</param>
/// <param name="Joint">The part of them, 0 to 1, where several stations' submissions stand in the report.</param>
public sealed record PointRule(
    DateOnly From,
    PointEvent Event,
    decimal Points,
    decimal Combined = 1,
    decimal Joint = 1
);

/// <summary>What may be worth points.</summary>
public enum PointEvent
{
    /// <summary>A submission that repeats no other.</summary>
    Submitted,

    /// <summary>A report taken up by the county.</summary>
    County,
    City,
    Province,
    National,

    /// <summary>批示 on a report.</summary>
    Instruction,
}
