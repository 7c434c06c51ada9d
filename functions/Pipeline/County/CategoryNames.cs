using OpinionPipeline.Model;

namespace OpinionPipeline.Pipeline.County;

/// <summary>What second-level categories are called, and those below them: said in two words it still tells much.</summary>
public static class CategoryNames
{
    // Stands below many of them and says nothing.
    private const string Other = "其他";

    /// <summary>A text for each name of the second and third level, with the first- and second-level category it means.</summary>
    public static IReadOnlyList<LabelledText> Of(CountyDirectory county) =>
        [
            .. county
                .Categories.Where(c => c.Level > 1 && c.Name != Other)
                .Select(c =>
                    (
                        c.Name,
                        First: county.Category(c.Code[..2])?.Name,
                        Second: county.Category(c.Code[..4])?.Name
                    )
                )
                .Where(c => c.First is not null && c.Second is not null)
                .Select(c => new LabelledText(
                    c.Name,
                    c.Name == c.Second ? c.Name : $"{c.Second}，{c.Name}",
                    c.First!
                )
                {
                    Second = c.Second,
                }),
        ];
}
