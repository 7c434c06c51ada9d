using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Privacy;

namespace OpinionPipeline.Pipeline.County;

/// <summary>All of the county's files.</summary>
public static class CountySheets
{
    private static readonly CountyColumn Name = new("name", "名称", "Name", ColumnKind.Text);
    private static readonly CountyColumn NameEn = new(
        "nameEn",
        "英文名称",
        "English name",
        ColumnKind.Text
    )
    {
        Required = false,
        HintZh = "不填就用中文名称。",
        HintEn = "Where it is empty, the Chinese name is taken.",
    };

    private static readonly CountyColumn Code = new("code", "代码", "Code", ColumnKind.Code)
    {
        HintZh = "字母和数字，以后不能改。",
        HintEn = "Letters and digits; it cannot be changed later.",
    };

    public static CountySheet Stations { get; } =
        new(
            "stations.csv",
            "联络站",
            "Stations",
            "新站马上可以发密钥；改名以后，旧来件也显示新名。",
            "A new station can be given a key at once; after a new name, earlier submissions show it too.",
            ["code"],
            [
                Code,
                Name,
                NameEn,
                new("township", "乡镇街道", "Township", ColumnKind.Township) { Required = false },
                new("kind", "种类", "Kind", ColumnKind.Choice)
                {
                    Choices =
                    [
                        new("station", "联络站", "Station"),
                        new("point", "联系点", "Contact point"),
                        new("online", "网上留言板", "Public message board"),
                    ],
                },
            ]
        )
        {
            Sorted = true,
        };

    public static CountySheet Offices { get; } =
        new(
            "offices.csv",
            "承办单位",
            "Offices",
            "新单位要有分办规则才会收到议题；没有规则的都归最后一行。",
            "A new office is given issues once a routing rule names it; what has no rule goes to the last line.",
            ["code"],
            [Code, Name, NameEn]
        )
        {
            LastStays = true,
        };

    public static CountySheet Townships { get; } =
        new(
            "townships.csv",
            "乡镇街道",
            "Townships",
            "以后收到的来件按新地名比对；已归并的不动。",
            "Submissions that come from now on are compared by them; what is grouped stays.",
            ["code"],
            [Code, Name, NameEn]
        )
        {
            Sorted = true,
        };

    public static CountySheet Places { get; } =
        new(
            "places.csv",
            "地名",
            "Places",
            "以后收到的来件按新地名比对；已归并的不动。",
            "Submissions that come from now on are compared by them; what is grouped stays.",
            ["name", "township"],
            [
                Name,
                new("kind", "种类", "Kind", ColumnKind.Choice)
                {
                    Choices =
                    [
                        new("village", "村", "Village"),
                        new("community", "社区", "Community"),
                        new("estate", "小区", "Housing estate"),
                        new("road", "路、街", "Road"),
                        new("bridge", "桥", "Bridge"),
                        new("river", "河", "River"),
                        new("canal", "渠", "Canal"),
                        new("reservoir", "水库", "Reservoir"),
                        new("school", "学校", "School"),
                        new("hospital", "医院", "Hospital"),
                        new("market", "市场", "Market"),
                        new("park", "公园", "Park"),
                        new("square", "广场", "Square"),
                        new("plant", "工厂", "Plant"),
                        new("township", "乡镇街道的别称", "Another name of a township"),
                        new("site", "其他地点", "Other"),
                    ],
                },
                new("township", "乡镇街道", "Township", ColumnKind.Township) { Required = false },
                new("aliases", "别称", "Other names", ColumnKind.List)
                {
                    Required = false,
                    HintZh = "几个之间用 | 隔开。",
                    HintEn = "With | between several.",
                },
            ]
        );

    public static CountySheet Taxonomy { get; } =
        new(
            "taxonomy.csv",
            "类别",
            "Categories",
            "改名、并入、拆分会同时记入类别调整；保存以后到“类别调整”里执行。",
            "A new name, a merger and a split are set down as a change of categories too; carry it out under “Category changes” afterwards.",
            ["code"],
            [
                new("code", "代码", "Code", ColumnKind.CategoryCode)
                {
                    HintZh = "两位、四位或六位数字，前几位是上一级类别；以后不能改。",
                    HintEn =
                        "Two, four or six digits that begin with the category above; it cannot be changed later.",
                },
                new("level", "层级", "Level", ColumnKind.Derived),
                new("parent", "上一级", "Above it", ColumnKind.Derived) { Required = false },
                Name,
                NameEn,
            ]
        )
        {
            Sorted = true,
        };

    public static CountySheet Routing { get; } =
        new(
            RoutingFile.Name,
            "分办规则",
            "Routing rules",
            "以后来的议题按新规则走；已经交给单位的不动，除非类别变了。",
            "Issues that come from then on follow it; what an office has already stays there unless its category changes.",
            ["category"],
            [
                new("category", "类别", "Category", ColumnKind.Category),
                new("office", "承办单位", "Office", ColumnKind.Office),
            ]
        )
        {
            Sorted = true,
        };

    public static CountySheet Changes { get; } =
        new(
            CountyFiles.Changes,
            "类别调整",
            "Category changes",
            "标注和旧模型按这里读；保存以后到“类别调整”里执行。",
            "Labels and earlier models are read by it; carry it out under “Category changes” afterwards.",
            ["code", "name", "on"],
            [
                new("code", "原代码", "Code before", ColumnKind.Text),
                new("name", "原名称", "Name before", ColumnKind.Text),
                new("to", "现为", "Now", ColumnKind.List)
                {
                    HintZh = "类别代码；同一代码是改名，另一代码是并入，几个（用 | 隔开）是拆分。",
                    HintEn =
                        "Codes: the same is a new name, another a merger, several with | between them a split.",
                },
                new("on", "从哪天起", "From", ColumnKind.Day),
                new("note", "说明", "Note", ColumnKind.Text) { Required = false },
            ]
        );

    public static CountySheet Recurrence { get; } =
        new(
            "recurrence.csv",
            "共性问题的门槛",
            "When an issue is recurring",
            "议题下次有新来件时按新门槛算。",
            "Each issue is measured by it when it is spoken of next.",
            ["category"],
            [
                new("category", "类别", "Category", ColumnKind.Category)
                {
                    Required = false,
                    HintZh = "不选就是所有没有单列的类别。",
                    HintEn = "None stands for all that have no line of their own.",
                },
                new("submissions", "至少几件", "Submissions at least", ColumnKind.Number),
                new("sources", "来自至少几处", "Sources at least", ColumnKind.Number),
                new("windowDays", "在多少天内", "Within days", ColumnKind.Number),
            ]
        );

    public static CountySheet Holidays { get; } =
        new(
            CountyFiles.Holidays,
            "节假日和调休",
            "Holidays",
            "所有时限马上按新的算，没有答复的议题也一样。",
            "All limits are counted by it at once, also of issues that wait for an answer.",
            ["date"],
            [
                new("date", "日期", "Day", ColumnKind.Day),
                new("kind", "种类", "Kind", ColumnKind.Choice)
                {
                    Choices =
                    [
                        new("holiday", "放假", "Free"),
                        new("workday", "调休上班", "Worked"),
                    ],
                },
            ]
        )
        {
            Sorted = true,
        };

    public static CountySheet Limits { get; } =
        new(
            LimitFile.Name,
            "时限",
            "Limits",
            "办理时限马上按新的算；已经收下的来件，原文按收下时的天数留存。",
            "Limits are counted by it at once; the unmasked text of what came before is kept as long as was said then.",
            ["limit"],
            [
                new("limit", "什么", "What", ColumnKind.Choice)
                {
                    Choices =
                    [
                        new("reply", "答复（工作日）", "To answer (working days)"),
                        new("handBack", "退回（工作日）", "To hand back (working days)"),
                        new(
                            "decide",
                            "决定退回（工作日）",
                            "To decide on a hand-back (working days)"
                        ),
                        new(
                            "private",
                            "反映人和原文留存（天）",
                            "Reporters and unmasked texts are kept (days)"
                        ),
                    ],
                },
                new("days", "天数", "Days", ColumnKind.Number)
                {
                    HintZh =
                        $"答复最多 {DigestOptions.MostReplyDays}，退回和决定退回最多 {DigestOptions.MostHandBackDays}，留存最多 {RetentionOptions.MostPrivateDays}。",
                    HintEn =
                        $"At most {DigestOptions.MostReplyDays} to answer, {DigestOptions.MostHandBackDays} to hand back and to decide, {RetentionOptions.MostPrivateDays} kept.",
                },
            ]
        );

    public static CountySheet Points { get; } =
        new(
            Accounts.PointFile.Name,
            "积分",
            "Points",
            "账目按新规则重算；同一件事，从较晚那天起用较晚的规则。",
            "Accounts are counted by it; a rule holds until a later one for the same.",
            ["from", "event"],
            [
                new("from", "从哪天起", "From", ColumnKind.Day),
                new("event", "什么", "What", ColumnKind.Choice)
                {
                    Choices =
                    [
                        new(
                            "submitted",
                            "报送（不重复的来件）",
                            "A submission that repeats no other"
                        ),
                        new("county", "县级采用", "Taken up by the county"),
                        new("city", "市级采用", "Taken up by the city"),
                        new("province", "省级采用", "Taken up by the province"),
                        new("national", "全国采用", "Taken up nationally"),
                        new("instruction", "批示", "An instruction"),
                    ],
                },
                new("points", "分", "Points", ColumnKind.Points),
                new("combined", "综合采用时的比例", "The part where combined", ColumnKind.Points)
                {
                    Required = false,
                    Most = 1,
                    HintZh = "0 到 1；不填是全部。报送和批示不填。",
                    HintEn = "0 to 1; empty is all of it. Empty for submissions and instructions.",
                },
                new("joint", "几个站合报时的比例", "The part where joint", ColumnKind.Points)
                {
                    Required = false,
                    Most = 1,
                    HintZh = "0 到 1；不填是全部。报送不填。",
                    HintEn = "0 to 1; empty is all of it. Empty for submissions.",
                },
            ]
        );

    public static CountySheet Letterhead { get; } =
        new(
            CountyFiles.Heads,
            "专报版头",
            "Letterhead",
            "以后打开、打印的专报都用它；已编的号不变。",
            "Reports that are opened and printed from now on have it; numbers that were given stay.",
            [],
            [
                new("mark", "发文机关标志", "Mark", ColumnKind.Text),
                new("number", "机关代字", "Before the year", ColumnKind.Text),
                new("issuer", "落款", "Issuer", ColumnKind.Text),
                new("signer", "签发人", "Signed off by", ColumnKind.Text) { Required = false },
                new("to", "报", "Reported to", ColumnKind.Text) { Required = false },
                new("copies", "送", "Copies to", ColumnKind.Text) { Required = false },
            ]
        )
        {
            Single = true,
        };

    /// <summary>All of them, in the order in which pages name them.</summary>
    public static IReadOnlyList<CountySheet> All { get; } =
    [
        Stations,
        Offices,
        Townships,
        Places,
        Taxonomy,
        Changes,
        Routing,
        Recurrence,
        Holidays,
        Limits,
        Points,
        Letterhead,
    ];

    /// <summary>The sheet of a file's name, with or without its ending; null where there is none.</summary>
    public static CountySheet? Of(string? name) =>
        All.FirstOrDefault(s => s.File == name || s.Slug == name);
}
