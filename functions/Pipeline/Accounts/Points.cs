using OpinionPipeline.Pipeline.Reports;

namespace OpinionPipeline.Pipeline.Accounts;

/// <summary>
/// 积分: what stations, and the forums they held, have earned by the rules of the day. Nobody else has points: whoever
/// spoke is not counted, and neither is a station that is nobody's work, such as a message board.
/// </summary>
public static class Points
{
    /// <summary>Every gain, in the order of what it was for.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="submitted">Submissions that repeat no other.</param>
    /// <param name="taken">What became of reports.</param>
    public static IReadOnlyList<PointGain> Of(
        PointRules rules,
        IEnumerable<SubmittedItem> submitted,
        IEnumerable<TakenUp> taken
    ) => [.. submitted.SelectMany(s => Of(rules, s)), .. taken.SelectMany(t => Of(rules, t))];

    /// <summary>The sum of a station's gains. What its forums gained is in it.</summary>
    public static decimal OfStation(IEnumerable<PointGain> gains, string station) =>
        gains.Where(g => g.Forum is null && g.Station == station).Sum(g => g.Points);

    /// <summary>The part of its station's points that a forum brought in.</summary>
    public static decimal OfForum(IEnumerable<PointGain> gains, string forum) =>
        gains.Where(g => g.Forum == forum).Sum(g => g.Points);

    private static IEnumerable<PointGain> Of(PointRules rules, SubmittedItem item) =>
        rules.On(PointEvent.Submitted, item.On) is { } rule
            ? Gains(item.Origin, PointEvent.Submitted, item.On, rule.Points)
            : [];

    // A station has a report's points once, however many of its submissions stand in it: else sending one matter in
    // pieces would pay.
    private static IEnumerable<PointGain> Of(PointRules rules, TakenUp taken)
    {
        if (rules.On(taken.Event, taken.On) is not { } rule)
            return [];
        var stations = taken.Sources.Select(s => s.Station).Distinct().Count();
        var points =
            rule.Points * (taken.Combined ? rule.Combined : 1) * (stations > 1 ? rule.Joint : 1);
        return taken.Sources.SelectMany(s => Gains(s, taken.Event, taken.On, points)).Distinct();
    }

    private static IEnumerable<PointGain> Gains(
        Origin origin,
        PointEvent what,
        DateOnly on,
        decimal points
    )
    {
        if (!origin.Earns)
            yield break;
        yield return new(origin.Station, null, what, on, points);
        if (origin.Forum is { } forum)
            yield return new(origin.Station, forum, what, on, points);
    }
}

/// <summary>Where something was said.</summary>
/// <param name="Station">Code of the station.</param>
/// <param name="Forum">The forum, where it was said at one.</param>
/// <param name="Earns">False for a station that has no points.</param>
public sealed record Origin(string Station, string? Forum, bool Earns = true);

/// <summary>A submission that was handed in.</summary>
public sealed record SubmittedItem(Origin Origin, DateOnly On);

/// <summary>A report that was taken up, or given an instruction on.</summary>
/// <param name="Event">By whom, or <see cref="PointEvent.Instruction"/>.</param>
/// <param name="On">The day.</param>
/// <param name="Combined">综合采用.</param>
/// <param name="Sources">Where the submissions that stand in it were said.</param>
public sealed record TakenUp(
    PointEvent Event,
    DateOnly On,
    bool Combined,
    IReadOnlyList<Origin> Sources
)
{
    /// <summary>The event of a level.</summary>
    public static PointEvent EventOf(AdoptionLevel level) =>
        level switch
        {
            AdoptionLevel.County => PointEvent.County,
            AdoptionLevel.City => PointEvent.City,
            AdoptionLevel.Province => PointEvent.Province,
            _ => PointEvent.National,
        };
}

/// <summary>Points earned: a station's, or the part of them that one of its forums brought in.</summary>
/// <param name="Station">Code of the station.</param>
/// <param name="Forum">The forum; null for the station's own line.</param>
/// <param name="Event">What for.</param>
/// <param name="On">The day.</param>
/// <param name="Points">How many.</param>
public sealed record PointGain(
    string Station,
    string? Forum,
    PointEvent Event,
    DateOnly On,
    decimal Points
);
