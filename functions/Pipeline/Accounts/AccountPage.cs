using System.Globalization;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Rendering;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Accounts;

/// <summary>Lays a month's account out, in Chinese or English: the same for the screen, for Word and for a table of figures.</summary>
public sealed class AccountPage(CountyDirectory county, DigestOptions options, bool english)
{
    /// <summary>Overdue issues named one by one: two sheets of them.</summary>
    private const int MostOverdue = 60;

    /// <summary>The account as a page.</summary>
    public Page Of(MonthlyAccount account)
    {
        var blocks = Blocks(account).Where(b => b is not Table { Rows.Count: 0 });
        return new(Title(account.Month), english ? [.. blocks] : HeadingNumbers.Of(blocks));
    }

    /// <summary>社情民意月度通报（2026年11月）.</summary>
    public string Title(DateOnly month) =>
        T(
            $"社情民意月度通报（{month.Year}年{month.Month}月）",
            $"Monthly account, {month:yyyy-MM}"
        );

    private IEnumerable<Block> Blocks(MonthlyAccount account)
    {
        yield return new Paragraph(Opening(account));
        if (account.Cut)
            yield return new Paragraph(
                T(
                    $"来件过多，只统计了最近的{account.All.Count}件。",
                    $"More came in than is counted: the newest {account.All.Count} alone."
                )
            );
        yield return new Heading(1, T("来件情况", "What came in"));
        if (account.All.Count == 0)
            yield return new Paragraph(T("本月没有来件。", "Nothing came in this month."));
        Block[] cameIn =
        [
            .. CameIn(T("按渠道", "By channel"), T("渠道", "Channel"), account.Channels, Channel),
            .. CameIn(
                T("按类别", "By category"),
                T("类别", "Category"),
                account.Categories,
                Category
            ),
            .. CameIn(
                T("按乡镇街道", "By township"),
                T("乡镇街道", "Township"),
                account.Townships,
                Township
            ),
        ];
        foreach (var block in cameIn)
            yield return block;
        yield return new Heading(1, T("办理情况", "What was answered"));
        yield return new Paragraph(
            T(
                $"本月首次提出的议题，答复时限为{options.ReplyDays}个工作日，从首次反映起算。",
                $"The issues first brought up this month. An answer is due within {options.ReplyDays} working days of when a matter was first spoken of."
            )
        );
        if (account.Overdue.Count > 0)
            yield return new Heading(2, T("各承办单位", "By office"));
        yield return Offices(account.Offices);
        if (account.Overdue.Count > 0)
            yield return new Heading(2, T("逾期未答复的议题", "Overdue, and not answered"));
        yield return Overdue(account.Overdue);
        if (account.Overdue.Count > MostOverdue)
            yield return new Paragraph(
                T(
                    $"另有{account.Overdue.Count - MostOverdue}个未列出。",
                    $"{account.Overdue.Count - MostOverdue} more are not listed."
                )
            );
        yield return new Heading(1, T("采用和批示情况", "What was taken up"));
        if (account.Reports.Count == 0)
            yield return new Paragraph(
                T("本月没有采用和批示。", "Nothing was taken up or instructed on this month.")
            );
        yield return Taken(account.Reports);
        yield return new Heading(1, T("联络站情况", "Stations"));
        yield return Stations(account);
        yield return new Paragraph(
            T(
                $"另有{account.SilentStations}个联络站、联系点本月没有来件。",
                $"{account.SilentStations} stations and contact points forwarded nothing."
            )
        );
        if (account.Forums.Count == 0)
            yield break;
        yield return new Heading(1, T("恳谈会情况", "Forums"));
        yield return Forums(account);
    }

    private string Opening(MonthlyAccount account)
    {
        var handled = account.Offices.Aggregate(
            new Handled("", 0, 0, 0, 0, 0),
            (a, b) => a.Plus(b)
        );
        var adopted = account.Reports.Count(r => r.Level is not null);
        var share = handled.Share is { } part ? Percent(part) : null;
        return T(
            $"截至{LocalTime.Day(account.AsOf)}，本月来件{account.All.Count}件（重复{account.All.Repeats}件），首次提出议题{handled.Issues}个，"
                + (share is null ? "" : $"按期答复率{share}，")
                + $"专报被采用{adopted}次、批示{account.Reports.Count - adopted}次。",
            $"As of {account.AsOf.ToOffset(LocalTime.Offset):yyyy-MM-dd}, {account.All.Count} submissions came in ({account.All.Repeats} repeat others) and founded {handled.Issues} issues; "
                + (share is null ? "" : $"{share} of what was due was answered in time; ")
                + $"reports were taken up {adopted} times, instructions given {account.Reports.Count - adopted} times."
        );
    }

    private IEnumerable<Block> CameIn(
        string heading,
        string column,
        IReadOnlyList<CameIn> lines,
        Func<string, string> name
    )
    {
        if (lines.Count == 0)
            yield break;
        yield return new Heading(2, heading);
        yield return new Table(
            [column, T("来件", "Submissions"), T("其中重复", "Repeats")],
            [.. lines.Select(l => Row(name(l.Key), l.Count, l.Repeats))]
        );
    }

    private Table Offices(IReadOnlyList<Handled> offices) =>
        new(
            [
                T("承办单位", "Office"),
                T("议题", "Issues"),
                T("按期答复", "In time"),
                T("逾期答复", "Late"),
                T("办理中", "Not yet"),
                T("逾期未答复", "Overdue"),
                T("当场办结", "At the table"),
                T("按期答复率", "In time, of due"),
            ],
            [
                .. offices.Select(o =>
                    Row(
                        Office(o.Office),
                        o.Issues,
                        o.InTime,
                        o.Late,
                        o.Waiting,
                        o.Overdue,
                        o.AtTable,
                        o.Share is { } share ? Percent(share) : "–"
                    )
                ),
            ]
        );

    private Table Overdue(IReadOnlyList<Unanswered> issues) =>
        new(
            [T("议题", "Issue"), T("承办单位", "Office"), T("答复期限", "Due")],
            [
                .. issues
                    .Take(MostOverdue)
                    .Select(i => Row(i.Title, Office(i.Office), $"{i.Due:yyyy-MM-dd}")),
            ]
        );

    private Table Taken(IReadOnlyList<Taken> reports) =>
        new(
            [
                T("文号", "Number"),
                T("专报", "Report"),
                T("采用或批示", "Taken up by"),
                T("方式", "How"),
                T("日期", "Day"),
                T("联络站", "Stations"),
            ],
            [
                .. reports.Select(r =>
                    Row(
                        r.Number ?? "–",
                        r.Title,
                        Level(r.Level),
                        r.Level is null ? "–"
                            : r.Combined ? T("综合", "combined")
                            : T("单篇", "alone"),
                        $"{r.On:yyyy-MM-dd}",
                        string.Join(T("、", ", "), r.Stations.Select(Station))
                    )
                ),
            ]
        );

    private Table Stations(MonthlyAccount account)
    {
        string[] header =
        [
            T("联络站", "Station"),
            T("乡镇街道", "Township"),
            T("来件", "Submissions"),
            T("其中重复", "Repeats"),
            T("采用", "Taken up"),
            T("批示", "Instructions"),
        ];
        return new(
            account.HasPoints ? [.. header, T("积分", "Points")] : header,
            [
                .. account.Stations.Select(s =>
                    Row([
                        Station(s.Station),
                        Township(county.Station(s.Station)?.Township ?? ""),
                        s.Count,
                        s.Repeats,
                        s.Adopted,
                        s.Instructed,
                        .. account.HasPoints ? [s.Points] : Array.Empty<object>(),
                    ])
                ),
            ]
        );
    }

    private Table Forums(MonthlyAccount account)
    {
        string[] header =
        [
            T("恳谈会", "Forum"),
            T("日期", "Day"),
            T("联络站", "Station"),
            T("来件", "Submissions"),
        ];
        return new(
            account.HasPoints
                ? [.. header, T("积分（已计入联络站）", "Points, of its station's")]
                : header,
            [
                .. account.Forums.Select(f =>
                    Row([
                        f.Title,
                        $"{f.HeldOn:yyyy-MM-dd}",
                        Station(f.Station),
                        f.Count,
                        .. account.HasPoints ? [f.Points] : Array.Empty<object>(),
                    ])
                ),
            ]
        );
    }

    private string T(string zh, string en) => english ? en : zh;

    private static string Percent(double share) =>
        share.ToString("0.#%", CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Row(params object[] cells) =>
        [
            .. cells.Select(c =>
                c is decimal points
                    ? points.ToString("0.##", CultureInfo.InvariantCulture)
                    : Convert.ToString(c, CultureInfo.InvariantCulture)!
            ),
        ];

    private string Channel(string name) =>
        Enum.Parse<Channel>(name) switch
        {
            Submissions.Channel.Page => T("网页填报", "Page"),
            Submissions.Channel.Batch => T("批量导入", "File"),
            Submissions.Channel.Forum => T("恳谈会", "Forum"),
            Submissions.Channel.Open311 => "Open311",
            _ => T("接口", "API"),
        };

    private string Level(AdoptionLevel? level) =>
        level switch
        {
            AdoptionLevel.County => T("县", "county"),
            AdoptionLevel.City => T("市", "city"),
            AdoptionLevel.Province => T("省", "province"),
            AdoptionLevel.National => T("全国", "national"),
            _ => T("批示", "instruction"),
        };

    private string Category(string code) =>
        county.Category(code) is { } category
            ? T(category.Name, category.NameEn)
            : T("未分类", "Unclassified");

    private string Township(string code) =>
        county.Townships.FirstOrDefault(t => t.Code == code) is { } township
            ? T(township.Name, township.NameEn)
            : T("不分乡镇", "None");

    private string Office(string code) =>
        county.Office(code) is { } office ? T(office.Name, office.NameEn)
        : code.Length > 0 ? code
        : T("未定", "Not yet known");

    // In Chinese every name ends alike; the column's head says what they are.
    private string Station(string code) =>
        county.Station(code) is { } station
            ? T(
                station.Name.Replace("社情民意", "", StringComparison.Ordinal),
                station.NameEn is { Length: > 0 } en ? en : station.Name
            )
            : code;
}
