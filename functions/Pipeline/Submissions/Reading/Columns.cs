namespace OpinionPipeline.Pipeline.Submissions.Reading;

/// <summary>Which column of a table is what, by its English or Chinese name.</summary>
internal sealed class Columns
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = "id",
        ["留言编号"] = "id",
        ["编号"] = "id",
        ["序号"] = "id",
        ["title"] = "title",
        ["留言主题"] = "title",
        ["标题"] = "title",
        ["主题"] = "title",
        ["信息标题"] = "title",
        ["body"] = "body",
        ["text"] = "body",
        ["留言详情"] = "body",
        ["内容"] = "body",
        ["正文"] = "body",
        ["详情"] = "body",
        ["情况反映"] = "body",
        ["time"] = "time",
        ["留言时间"] = "time",
        ["时间"] = "time",
        ["日期"] = "time",
        ["来稿时间"] = "time",
        ["label"] = "label",
        ["一级分类"] = "label",
        ["一级标签"] = "label",
        ["label2"] = "label2",
        ["二级分类"] = "label2",
        ["二级标签"] = "label2",
        ["station"] = "station",
        ["联络站"] = "station",
        ["联络站代码"] = "station",
        ["place"] = "place",
        ["地点"] = "place",
        ["反映单位"] = "place",
        ["reporter"] = "reporter",
        ["反映人"] = "reporter",
        ["姓名"] = "reporter",
        ["phone"] = "phone",
        ["电话"] = "phone",
        ["手机"] = "phone",
        ["联系电话"] = "phone",
        ["occurredOn"] = "occurredOn",
        ["发生日期"] = "occurredOn",
        ["kind"] = "kind",
    };

    private readonly Dictionary<string, int> places;
    private readonly LedgerTime time;
    private readonly List<Rejection> notices;

    private Columns(Dictionary<string, int> places, LedgerTime time, List<Rejection> notices) =>
        (this.places, this.time, this.notices) = (places, time, notices);

    /// <summary>The columns of a header, or null where the row is none. Names it does not know are said in the notices.</summary>
    public static Columns? TryRead(
        IReadOnlyList<string> header,
        LedgerTime time,
        List<Rejection> notices
    )
    {
        var columns = new Columns([], time, notices);
        var unknown = columns.Add(header);
        if (!columns.places.ContainsKey("body") && !columns.places.ContainsKey("title"))
            return null;
        columns.Ignore(unknown);
        return columns;
    }

    /// <summary>
    /// Takes the second row of a header with merged cells: it has nothing under the columns that the first row named.
    /// False where the row is none.
    /// </summary>
    public bool TryExtend(IReadOnlyList<string> fields)
    {
        if (places.Values.Any(i => i < fields.Count && !string.IsNullOrWhiteSpace(fields[i])))
            return false;
        Ignore(Add(fields));
        return true;
    }

    private List<string> Add(IReadOnlyList<string> header)
    {
        var unknown = new List<string>();
        for (var i = 0; i < header.Count; i++)
        {
            var name = string.Concat(header[i].Where(c => !char.IsWhiteSpace(c) && c != '\uFEFF'));
            if (name.Length == 0)
                continue;
            if (Names.TryGetValue(name, out var field))
                places.TryAdd(field, i);
            else
                unknown.Add(name);
        }
        return unknown;
    }

    private void Ignore(List<string> names)
    {
        foreach (var name in names)
            notices.Add(
                new(
                    "column.ignored",
                    name,
                    $"不认识的列“{name}”已忽略。",
                    $"The column '{name}' is not known and was ignored."
                )
            );
    }

    /// <summary>A row under this header.</summary>
    public Row Read(int number, IReadOnlyList<string> fields)
    {
        var faults = new List<Rejection>();
        var title = Value("title");
        var body = Value("body");
        var said = Value("time");
        DateTimeOffset? saidAt = null;
        if (said is not null)
        {
            saidAt = time.Read(said, notices);
            if (saidAt is null)
                faults.Add(
                    new(
                        "time.notATime",
                        "time",
                        $"看不懂的时间“{Short(said)}”。",
                        $"'{Short(said)}' is no time."
                    )
                );
        }
        DateOnly? occurredOn = null;
        if (Value("occurredOn") is { } day)
        {
            occurredOn = time.Read(day, notices) is { } at
                ? DateOnly.FromDateTime(at.DateTime)
                : null;
            if (occurredOn is null)
                faults.Add(
                    new(
                        "occurredOn.notADay",
                        "occurredOn",
                        $"看不懂的日期“{Short(day)}”。",
                        $"'{Short(day)}' is no day."
                    )
                );
        }
        if (faults.Count > 0)
            return new(number, null, faults);
        var reporter = Value("reporter");
        var phone = Value("phone");
        return new(
            number,
            new NewSubmission
            {
                SourceId = Value("id"),
                Title = title,
                // A ledger often holds a title alone.
                Body = body ?? title,
                SaidAt = saidAt,
                Label = Value("label"),
                Label2 = Value("label2"),
                Station = Value("station"),
                Place = Value("place"),
                OccurredOn = occurredOn,
                Kind = Value("kind"),
                Reporter =
                    reporter is null && phone is null
                        ? null
                        : new Reporter(Together(reporter), phone),
            },
            []
        );

        string? Value(string field) =>
            places.TryGetValue(field, out var i)
            && i < fields.Count
            && fields[i].Trim() is { Length: > 0 } value
                ? value
                : null;
    }

    // Several names in one cell come joined by 、, spaces or line breaks.
    private static string? Together(string? names) =>
        names is null
            ? null
            : string.Join(
                '、',
                names.Split(
                    ['、', ',', '，', '\n', '\r', ' ', '　', ';', '；'],
                    StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                )
            );

    private static string Short(string value) => value.Length <= 30 ? value : value[..30] + "…";
}
