using OpinionPipeline.Pipeline.Reports;

namespace OpinionPipeline.Pipeline.Accounts;

/// <summary>月度通报: what came in during a month of the county's time, what became of it by now, and who brought it.</summary>
public sealed record MonthlyAccount
{
    /// <summary>The month's first day.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>The moment it was drawn up; answers that are given later are not in it.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>True where more came in than is counted: then everything but the reports is told of the newest alone.</summary>
    public bool Cut { get; init; }

    /// <summary>What came in; of a submission that was cut into its matters, each of these.</summary>
    public required CameIn All { get; init; }

    /// <summary>By channel, the most first.</summary>
    public required IReadOnlyList<CameIn> Channels { get; init; }

    /// <summary>By first-level category, the most first; empty where there is none.</summary>
    public required IReadOnlyList<CameIn> Categories { get; init; }

    /// <summary>By the township of the station, the most first; empty for a station that is in none.</summary>
    public required IReadOnlyList<CameIn> Townships { get; init; }

    /// <summary>The issues that the month's submissions founded, by office, the most first.</summary>
    public required IReadOnlyList<Handled> Offices { get; init; }

    /// <summary>Of these, the ones nobody has answered though their limit has run out, the longest overdue first.</summary>
    public required IReadOnlyList<Unanswered> Overdue { get; init; }

    /// <summary>What was taken up and given instructions on in the month, the earliest first.</summary>
    public required IReadOnlyList<Taken> Reports { get; init; }

    /// <summary>Stations for which there is something to tell: the most points first, then the most submissions.</summary>
    public required IReadOnlyList<StationLine> Stations { get; init; }

    /// <summary>Stations and contact points that forwarded nothing.</summary>
    public required int SilentStations { get; init; }

    /// <summary>The forums at which something was said, or that earned points.</summary>
    public required IReadOnlyList<ForumLine> Forums { get; init; }

    /// <summary>False where the county keeps no points.</summary>
    public required bool HasPoints { get; init; }
}

/// <summary>What came in of one sort.</summary>
/// <param name="Key">The channel's name or the code of what it is counted by.</param>
/// <param name="Count">Submissions.</param>
/// <param name="Repeats">Of these, those that repeat an earlier one.</param>
public sealed record CameIn(string Key, int Count, int Repeats);

/// <summary>What an office did with its issues.</summary>
/// <param name="Office">Code of the office.</param>
/// <param name="InTime">Answered by the last day of the limit.</param>
/// <param name="Late">Answered after it.</param>
/// <param name="Waiting">Not answered; the limit has not run out.</param>
/// <param name="Overdue">Not answered, and it has.</param>
/// <param name="AtTable">Settled or promised at a forum's table: no answer is awaited.</param>
public sealed record Handled(
    string Office,
    int InTime,
    int Late,
    int Waiting,
    int Overdue,
    int AtTable
)
{
    /// <summary>All of them.</summary>
    public int Issues => InTime + Late + Waiting + Overdue + AtTable;

    /// <summary>按期答复率: of those whose limit has run out or that were answered, the part answered in time; null where there are none.</summary>
    public double? Share =>
        InTime + Late + Overdue is > 0 and var due ? (double)InTime / due : null;

    /// <summary>Both together, under the first one's office.</summary>
    public Handled Plus(Handled other) =>
        this with
        {
            InTime = InTime + other.InTime,
            Late = Late + other.Late,
            Waiting = Waiting + other.Waiting,
            Overdue = Overdue + other.Overdue,
            AtTable = AtTable + other.AtTable,
        };
}

/// <summary>An issue whose limit has run out without an answer.</summary>
/// <param name="Issue">Its id.</param>
/// <param name="Title">Its title, masked.</param>
/// <param name="Office">Code of the office; empty where none is known yet.</param>
/// <param name="Due">The last day for an answer.</param>
public sealed record Unanswered(string Issue, string Title, string Office, DateOnly Due);

/// <summary>A report that was taken up, or on which an instruction was given.</summary>
/// <param name="Report">The report's id.</param>
/// <param name="Number">Its number; null on what went out before reports had one.</param>
/// <param name="Title">Its title.</param>
/// <param name="Level">Who took it up; null for an instruction.</param>
/// <param name="Combined">综合采用.</param>
/// <param name="On">The day.</param>
/// <param name="Stations">Codes of the stations whose submissions stand in it.</param>
public sealed record Taken(
    string Report,
    string? Number,
    string Title,
    AdoptionLevel? Level,
    bool Combined,
    DateOnly On,
    IReadOnlyList<string> Stations
);

/// <summary>A station's month.</summary>
/// <param name="Station">Its code.</param>
/// <param name="Count">Submissions.</param>
/// <param name="Repeats">Of these, those that repeat an earlier one.</param>
/// <param name="Adopted">How often a report in which its submissions stand was taken up.</param>
/// <param name="Instructed">How often an instruction was given on one.</param>
/// <param name="Points">What it earned.</param>
public sealed record StationLine(
    string Station,
    int Count,
    int Repeats,
    int Adopted,
    int Instructed,
    decimal Points
);

/// <summary>What was said at a forum and came in during the month.</summary>
/// <param name="Forum">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="HeldOn">The day.</param>
/// <param name="Station">Code of the station that held it.</param>
/// <param name="Count">Submissions that came from it.</param>
/// <param name="Points">What it brought its station.</param>
public sealed record ForumLine(
    string Forum,
    string Title,
    DateOnly HeldOn,
    string Station,
    int Count,
    decimal Points
);
