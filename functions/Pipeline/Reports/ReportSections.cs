using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Reports;

/// <summary>The sections of a report, filled with what submissions say.</summary>
internal static class ReportSections
{
    // 每期一般不超过1500字: what quotations may take, the templates aside.
    private static readonly (
        string Key,
        string Heading,
        int Sentences,
        int Characters,
        string None
    )[] Quoted =
    [
        ("situation", "反映情况", 4, 350, "来件没有更多的情况描述。"),
        ("problems", "存在问题", 5, 400, "来件没有单独说明问题。"),
        ("causes", "原因", 3, 250, "来件没有说明原因，需承办单位调查。"),
        ("advice", "建议", 4, 300, "来件没有提出具体建议。"),
    ];

    /// <summary>The opening, then the most central sentences of each section with their sources, then the list of sources.</summary>
    public static List<ReportSection> Of(
        string opening,
        IReadOnlyList<Submission> submissions,
        TermWeights weights,
        CountyDirectory county
    )
    {
        var ranked = Extraction.Rank(submissions, weights);
        var used = new HashSet<string>();
        var sections = new List<ReportSection>();
        foreach (var (key, heading, most, characters, none) in Quoted)
        {
            var sentences = Extraction
                .Best(ranked, key, most, characters, used)
                .Select(s => new Sentence(s.Text, s.SubmissionId))
                .ToList();
            if (key == "situation")
                sentences.Insert(0, new(opening, null));
            else if (sentences.Count == 0)
                sentences.Add(new(none, null));
            sections.Add(new(key, heading, sentences));
        }
        sections.Add(
            new(
                "sources",
                "来源",
                [
                    .. submissions.Select(s => new Sentence(
                        $"{LocalTime.Day(s.SaidAt)}　{county.Station(s.Station)?.Name ?? s.Station}　{s.Title}",
                        s.Id
                    )),
                ]
            )
        );
        return sections;
    }
}
