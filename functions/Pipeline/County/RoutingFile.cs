using CsvHelper;

namespace OpinionPipeline.Pipeline.County;

/// <summary>Reads a <c>routing.csv</c> that somebody wants to try, and says all that is wrong with it.</summary>
public static class RoutingFile
{
    /// <summary>The file's name in the folder of the county's seeds.</summary>
    public const string Name = "routing.csv";

    private const int MostFaults = 20;

    /// <summary>The rules, or what is wrong by line.</summary>
    public static Result<RoutingRules> Read(string text, CountyDirectory county)
    {
        var rules = new Dictionary<string, string>();
        var faults = new List<Rejection>();
        try
        {
            foreach (var (line, field) in CountyFiles.Lines(new StringReader(text), Name))
            {
                var (category, office) = (field("category").Trim(), field("office").Trim());
                if (county.Category(category) is null)
                    faults.Add(
                        Fault(line, $"没有类别“{category}”", $"there is no category '{category}'")
                    );
                else if (county.Office(office) is null)
                    faults.Add(
                        Fault(line, $"没有承办单位“{office}”", $"there is no office '{office}'")
                    );
                else if (!rules.TryAdd(category, office))
                    faults.Add(
                        Fault(
                            line,
                            $"类别 {category} 出现两次",
                            $"category {category} stands twice"
                        )
                    );
            }
            if (rules.Count == 0 && faults.Count == 0)
                throw new InvalidDataException($"{Name} has no rule.");
        }
        catch (Exception e) when (e is InvalidDataException or CsvHelperException)
        {
            faults.Add(
                new(
                    "routing.unreadable",
                    "file",
                    $"不是 routing.csv 的格式，要有 category 和 office 两列（{e.Message}）。",
                    $"This is no routing.csv with the columns category and office ({e.Message})."
                )
            );
        }
        return faults.Count > 0
            ? faults[..Math.Min(faults.Count, MostFaults)]
            : new RoutingRules(rules, county.Routing.Otherwise);
    }

    private static Rejection Fault(int line, string zh, string en) =>
        new("routing.invalid", "file", $"第 {line} 行：{zh}。", $"Line {line}: {en}.");
}
